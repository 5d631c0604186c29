import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { EncodedTracks } from './encoder.ts';

/**
 * Encoded tracks as the tensors that a network takes: points [batch, length, channels], and features
 * [batch, features] where it has a second input. Called within `tf.tidy`.
 *
 * @param network one that `checkShapes` has found to fit the encoder.
 *
 * @example
 * const answers = tf.tidy(() => network.predict(inputTensors(network, encoder.encode(tracks))));
 */
export function inputTensors(
  network: LayersModel,
  { count, length, inputs, features }: EncodedTracks,
): tf.Tensor[] {
  const [track, beside] = network.inputs.map(({ shape }) => shape.at(-1) as number);
  const points = tf.tensor3d(inputs, [count, length, track]);
  return beside === undefined ? [points] : [points, tf.tensor2d(features, [count, beside])];
}
