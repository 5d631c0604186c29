import type { Tracks } from '@diffusion/tracks';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ModelCard } from './card.ts';
import { disposeNetwork } from './dispose-network.ts';
import { outsideDomain } from './domain/domain.ts';
import { type Encoder, encoder } from './encode/encoder.ts';
import { ModelError } from './errors.ts';

/** Answers of a classifier or of an estimator of α, a row per track in the order of the input. */
export interface Prediction {
  readonly count: number;
  /** Class of each track as an index into `classes`, −1 where the track was not judged. Absent for exponents. */
  readonly codes?: Int32Array;
  readonly classes?: readonly string[];
  /** count × classes; NaN where the network was not asked. Absent for exponents. */
  readonly probabilities?: Float32Array;
  /** α per track, NaN where it was not judged. Absent for classes. */
  readonly values?: Float32Array;
  /** Why a track was not judged; '' where it was. */
  readonly reasons: readonly string[];
}

/** A trained network with all it needs to judge tracks. */
export interface TrackModel {
  readonly card: ModelCard;
  readonly network: LayersModel;
  readonly encoder: Encoder;
  /**
   * Judges every track; one outside of what the model has seen gets a reason in place of an answer.
   *
   * @param tracks tracks of any lengths and any units.
   * @param options.batchSize tracks per call of the network.
   * @param options.onProgress told the number of tracks done.
   */
  predict(
    tracks: Tracks,
    options?: { batchSize?: number; onProgress?: (done: number) => void },
  ): Promise<Prediction>;
  /** Frees the weights. */
  dispose(): void;
}

/**
 * Joins a network with the card that says how to feed it.
 *
 * Throws {@link ModelError} when the network's input or output does not have the shape that the card asks for.
 */
export function trackModel(network: LayersModel, card: ModelCard): TrackModel {
  const encode = encoder(card.encoder);
  checkShapes(network, card, encode);
  return {
    card,
    network,
    encoder: encode,
    dispose: () => disposeNetwork(network),
    async predict(tracks, { batchSize = 128, onProgress } = {}) {
      const reasons = outsideDomain(card.domain, tracks);
      const judged: number[] = [];
      for (let i = 0; i < tracks.count; i++) if (reasons[i] === '') judged.push(i);
      const width = card.output.kind === 'classes' ? card.output.classes.length : 1;
      const answers = new Float32Array(tracks.count * width).fill(Number.NaN);
      for (let from = 0; from < judged.length; from += batchSize) {
        const rows = judged.slice(from, from + batchSize);
        const out = await applyNetwork(network, encode, tracks, rows);
        for (let r = 0; r < rows.length; r++) {
          answers.set(out.subarray(r * width, (r + 1) * width), rows[r] * width);
        }
        onProgress?.(from + rows.length);
      }
      if (card.output.kind === 'exponent') return { count: tracks.count, values: answers, reasons };
      const { classes } = card.output;
      return {
        count: tracks.count,
        classes,
        codes: mostProbable(answers, tracks.count, width),
        probabilities: answers,
        reasons,
      };
    },
  };
}

/** The network's answers for the tracks at `rows`: rows × outputs. */
export async function applyNetwork(
  network: LayersModel,
  encode: Encoder,
  tracks: Tracks,
  rows: ArrayLike<number>,
): Promise<Float32Array> {
  const output = tf.tidy(() => {
    const inputs = networkInputs(network, encode, tracks, rows);
    return network.predict(inputs.length === 1 ? inputs[0] : inputs) as tf.Tensor;
  });
  const data = (await output.data()) as Float32Array;
  output.dispose();
  return data;
}

/** Encoded tracks as the tensors a network takes: points, and features where it has a second input. */
export function networkInputs(
  network: LayersModel,
  encode: Encoder,
  tracks: Tracks,
  rows?: ArrayLike<number>,
): tf.Tensor[] {
  const { count, inputs, features } = encode.encode(tracks, rows);
  const points = tf.tensor3d(inputs, [count, encode.specification.length, encode.channels]);
  return network.inputs.length > 1
    ? [points, tf.tensor2d(features, [count, encode.features])]
    : [points];
}

function mostProbable(probabilities: Float32Array, count: number, width: number): Int32Array {
  const codes = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    let best = Number.isNaN(probabilities[i * width]) ? -1 : 0;
    for (let k = 1; k < width; k++) {
      if (best >= 0 && probabilities[i * width + k] > probabilities[i * width + best]) best = k;
    }
    codes[i] = best;
  }
  return codes;
}

function checkShapes(network: LayersModel, card: ModelCard, encode: Encoder): void {
  const wanted = card.output.kind === 'classes' ? card.output.classes.length : 1;
  const outputs = network.outputs[0].shape.at(-1);
  if (outputs !== wanted)
    throw new ModelError(`the network has ${outputs} outputs: the card names ${wanted}`);
  const channels = network.inputs[0].shape.at(-1);
  if (channels !== encode.channels) {
    throw new ModelError(
      `the network takes ${channels} channels: the encoder of the card gives ${encode.channels}`,
    );
  }
}
