import type { Tracks } from '@diffusion/tracks';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Encoder } from '../encode/encoder.ts';
import { inputTensors } from '../encode/input-tensors.ts';
import { answerRows } from './answer-rows.ts';
import type { Answering, Batch } from './answering.ts';

/**
 * A network's answers in inference mode for some tracks, whatever they are: tracks × outputs, of several outputs one
 * beside the other, NaN for tracks that are not asked for. No domain is checked: `predict` of a model does.
 *
 * @param rows places of the tracks to answer for.
 * @param batchSize tracks per call of the network.
 *
 * @example
 * const answers = await networkAnswers(network, encoder, tracks, [0, 1, 2]);
 */
export function networkAnswers(
  network: LayersModel,
  encoder: Encoder,
  tracks: Tracks,
  rows: readonly number[],
  batchSize?: number,
): Promise<Float32Array> {
  const answering = networkAnswering(network, encoder);
  return answerRows(answering, outputsOf(network), tracks, rows, {
    ...(batchSize && { batchSize }),
  });
}

/** How a network answers on this thread, in inference mode. */
export function networkAnswering(network: LayersModel, encoder: Encoder): Answering {
  return {
    batches: (tracks, rows, batchSize = 128) => networkBatches(encoder, tracks, rows, batchSize),
    answer: async (tracks, rows) => ({
      answers: await applyNetwork(network, encoder, tracks, rows),
    }),
  };
}

/** Numbers that a network answers per track, over all of its outputs. */
export const outputsOf = (network: LayersModel): number =>
  network.outputs.reduce((sum, { shape }) => sum + (shape.at(-1) ?? 0), 0);

/** Rows in order, or tracks of one length together where the encoder has none of its own. */
export function* networkBatches(
  encoder: Encoder,
  tracks: Tracks,
  rows: readonly number[],
  batchSize: number,
): Generator<Batch> {
  const anyLength = encoder.specification.length === null;
  const inOrder = anyLength
    ? [...rows].sort((a, b) => tracks.lengthOf(a) - tracks.lengthOf(b) || a - b)
    : rows;
  let from = 0;
  for (let to = 1; to <= inOrder.length; to++) {
    const other = anyLength && tracks.lengthOf(inOrder[to] ?? 0) !== tracks.lengthOf(inOrder[from]);
    if (to < inOrder.length && to - from < batchSize && !other) continue;
    yield inOrder.slice(from, to);
    from = to;
  }
}

async function applyNetwork(
  network: LayersModel,
  encoder: Encoder,
  tracks: Tracks,
  rows: Batch,
): Promise<Float32Array> {
  const output = tf.tidy(() => {
    const inputs = inputTensors(network, encoder.encode(tracks, rows));
    const answers = network.predict(inputs.length === 1 ? inputs[0] : inputs);
    return Array.isArray(answers) ? tf.concat(answers as tf.Tensor2D[], 1) : answers;
  });
  const data = (await output.data()) as Float32Array;
  output.dispose();
  return data;
}
