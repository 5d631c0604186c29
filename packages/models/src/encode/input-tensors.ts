import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { EncodedTracks } from './encoder.ts';

/**
 * Encoded tracks as the tensors that a network takes: points [batch, length, channels], or a picture
 * [batch, length, coordinates, channels] where it has such an input, and features [batch, features] where it has a second
 * input. Called within `tf.tidy`.
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
  const [track, beside] = network.inputs.map(({ shape }) => shape);
  const channels = track.at(-1) as number;
  const perTrack = count > 0 ? inputs.length / count : length * channels;
  const shape =
    track.length === 4
      ? [count, length, perTrack / (length * channels), channels]
      : [count, perTrack / channels, channels];
  const points = tf.tensor(inputs, shape);
  if (beside === undefined) return [points];
  return [points, tf.tensor2d(features, [count, beside.at(-1) as number])];
}
