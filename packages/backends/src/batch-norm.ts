import * as tf from '@tensorflow/tfjs-core';
import { hasKernel, installGradients, runKernel } from './gradients.ts';

/**
 * Batch normalisation with the batch's own statistics (Ioffe & Szegedy 2015), over all axes but the last. The gradient by
 * x, scale and offset takes the statistics into account; mean and variance themselves pass none on.
 *
 * @param x [batch, …, channels]
 * @param scale [channels], γ
 * @param offset [channels], β
 * @param epsilon added to the variance
 * @param activation `'relu'` cuts the result at zero; on wasm in the same kernel, gradient included
 * @returns the result, and the mean and (biased) variance of each channel
 */
export function batchNormTraining(
  x: tf.Tensor,
  scale: tf.Tensor1D,
  offset: tf.Tensor1D,
  epsilon: number,
  activation: 'linear' | 'relu' = 'linear',
): [tf.Tensor, tf.Tensor1D, tf.Tensor1D] {
  installGradients();
  const relu = activation === 'relu';
  if (hasKernel('BatchNormTraining')) {
    return runKernel('BatchNormTraining', { x, scale, offset }, { epsilon, relu });
  }
  return tf.tidy(() => {
    const rows = tf.reshape(x, [-1, x.shape[x.rank - 1]]) as tf.Tensor2D;
    const { mean, variance } = tf.moments(rows, 0);
    const y = tf.batchNorm2d(
      rows,
      mean as tf.Tensor1D,
      variance as tf.Tensor1D,
      offset,
      scale,
      epsilon,
    );
    const result = tf.reshape(relu ? tf.relu(y) : y, x.shape);
    return [result, mean as tf.Tensor1D, variance as tf.Tensor1D];
  });
}
