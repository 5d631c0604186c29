import type { Tracks } from '@diffusion/tracks';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { NetworkCard, Output } from './card.ts';
import { measureDomain, openDomain } from './domain/domain.ts';
import type { Encoder } from './encode/encoder.ts';
import type { JsonObject } from './json.ts';
import type { NetworkModel } from './predict/model.ts';
import { trackModel } from './track-model.ts';

/** What {@link ownModel} is made of. */
export interface OwnModelOptions {
  /** Inputs [batch, points, channels] and, where wanted, [batch, features]; outputs as `output` says, in that order. */
  readonly network: LayersModel;
  /** Its specification is `{ kind: 'own', dim, length }`. */
  readonly encoder: Encoder;
  readonly output: Output;
  /** Tracks as in training: what lies outside gets a reason. Every track is judged when absent. */
  readonly seen?: Tracks;
  /** How the model was made, for the card. */
  readonly recipe?: JsonObject;
}

/**
 * A tfjs model of one's own behind the interface of all others. It is saved like them; loading it needs the encoder
 * again: `loadModel(folder, { encoder })`.
 *
 * Throws `ModelError` when network, encoder and output do not fit each other.
 *
 * @example
 * const model = ownModel({ network, encoder, output: { kind: 'classes', classes: ['ND', 'DM'] } });
 * (await model.predict(tracks)).labels;
 */
export function ownModel(options: OwnModelOptions): NetworkModel {
  const { network, encoder, output, seen, recipe = {} } = options;
  const classes = output.kind === 'exponent' ? [] : output.classes;
  const card: NetworkCard = {
    format: 'diffusion-model',
    version: 1,
    network: { name: 'own', options: {} },
    output,
    encoder: encoder.specification,
    domain: seen ? measureDomain(seen, classes) : openDomain(encoder.specification.dim),
    recipe,
    metrics: {},
    versions: {},
  };
  return trackModel(network, card, encoder);
}
