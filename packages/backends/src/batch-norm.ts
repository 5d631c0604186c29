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
 * @returns the result, and the mean and (biased) variance of each channel
 */
export function batchNormTraining(
  x: tf.Tensor,
  scale: tf.Tensor1D,
  offset: tf.Tensor1D,
  epsilon: number,
): [tf.Tensor, tf.Tensor1D, tf.Tensor1D] {
  installGradients();
  if (hasKernel('BatchNormTraining')) {
    return runKernel('BatchNormTraining', { x, scale, offset }, { epsilon });
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
    return [tf.reshape(y, x.shape), mean as tf.Tensor1D, variance as tf.Tensor1D];
  });
}
