import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { NetworkCard } from './card.ts';
import { disposeNetwork } from './dispose-network.ts';
import { type Encoder, encoder } from './encode/encoder.ts';
import { ModelError } from './errors.ts';
import type { NetworkModel } from './predict/model.ts';
import { networkAnswering, outputsOf } from './predict/network-answers.ts';
import { predictWith } from './predict/predict-with.ts';
import { widthOf } from './predict/prediction-of.ts';

/**
 * Joins a network with the card that says how to feed it. Where the encoder has no length of its own, tracks of one
 * length go through the network together.
 *
 * Throws {@link ModelError} when the network's input or output does not have the shape that the card asks for.
 *
 * @param own the encoder, where the card's is `own`.
 */
export function trackModel(network: LayersModel, card: NetworkCard, own?: Encoder): NetworkModel {
  const encode = own ?? encoder(card.encoder);
  checkShapes(network, card, encode);
  const member = { card, ...networkAnswering(network, encode) };
  return {
    kind: 'network',
    card,
    network,
    encoder: encode,
    dispose: () => disposeNetwork(network),
    predict: (tracks, options) => predictWith([member], tracks, options),
  };
}

function checkShapes(network: LayersModel, card: NetworkCard, encode: Encoder): void {
  const wanted = widthOf(card.output);
  const outputs = outputsOf(network);
  if (outputs !== wanted)
    throw new ModelError(`the network has ${outputs} outputs: the card names ${wanted}`);
  const [track, features] = network.inputs.map(({ shape }) => shape);
  const channels = track.at(-1);
  if (channels !== encode.channels) {
    throw new ModelError(
      `the network takes ${channels} channels: the encoder of the card gives ${encode.channels}`,
    );
  }
  if (track[1] !== null && track[1] !== encode.specification.length) {
    throw new ModelError(
      `the network takes ${track[1]} points: the encoder of the card gives ${encode.specification.length ?? 'any number'}`,
    );
  }
  if (features && features[1] !== encode.features) {
    throw new ModelError(
      `the network takes ${features[1]} features: the encoder of the card gives ${encode.features}`,
    );
  }
}
