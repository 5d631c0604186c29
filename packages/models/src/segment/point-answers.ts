import type { Tracks } from '@diffusion/tracks';
import { nextTurn } from '@diffusion/workers';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Encoder } from '../encode/encoder.ts';
import { inputTensors } from '../encode/input-tensors.ts';
import { networkBatches } from '../predict/network-answers.ts';

/**
 * What a network answers for every point of some tracks, in inference mode: points × outputs, the points of track i where they
 * lie in `tracks`, NaN for tracks that are not asked for. No domain is checked.
 *
 * @param rows places of the tracks to answer for.
 * @param batchSize tracks per call of the network.
 *
 * @example
 * const answers = await pointAnswers(network, encoder, tracks, [0, 1, 2]);
 */
export async function pointAnswers(
  network: LayersModel,
  encoder: Encoder,
  tracks: Tracks,
  rows: readonly number[],
  batchSize = 64,
): Promise<Float32Array> {
  const width = network.outputs[0].shape.at(-1) as number;
  const all = new Float32Array(tracks.pointCount * width).fill(Number.NaN);
  for (const batch of networkBatches(encoder, tracks, rows, batchSize)) {
    const output = tf.tidy(() => {
      const inputs = inputTensors(network, encoder.encode(tracks, batch));
      return network.predict(inputs.length === 1 ? inputs[0] : inputs) as tf.Tensor;
    });
    const answers = (await output.data()) as Float32Array;
    output.dispose();
    const stride = answers.length / batch.length;
    for (const [b, row] of batch.entries()) {
      const points = tracks.lengthOf(row) * width;
      all.set(answers.subarray(b * stride, b * stride + points), tracks.offsets[row] * width);
    }
    // So that a page stays alive and an interruption is heard.
    await nextTurn();
  }
  return all;
}
