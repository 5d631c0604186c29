import * as tf from '@tensorflow/tfjs-core';
import { hasKernel, installGradients, runKernel } from './gradients.ts';

/**
 * Mean, maximum and standard deviation of every channel over time, side by side. The standard deviation is √(population
 * variance + ε). The gradient of a maximum that several points reach is shared equally between them, as PyTorch's `amax`
 * does. On wasm it is one kernel, and one for the gradient.
 *
 * @param x [batch, T, channels], T ≥ 1
 * @param epsilon added to the variance before the root, so that a constant channel has a gradient
 * @returns [batch, 3·channels]
 * @example
 * timeStatistics(tf.tensor3d([1, 2, 6], [1, 3, 1])); // 3, 6, √(14/3 + 1e-5)
 */
export function timeStatistics(x: tf.Tensor3D, epsilon = 1e-5): tf.Tensor2D {
  installGradients();
  if (hasKernel('TimeStatistics')) return runKernel('TimeStatistics', { x }, { epsilon });
  return tf.tidy(() => composedStatistics(epsilon)(x)) as tf.Tensor2D;
}

/** Which points reach the maximum is found without a comparison: 1 − 10³⁰·(maximum − x), cut at zero. */
const composedStatistics = (epsilon: number) =>
  tf.customGrad((...args) => {
    const [x, save] = args as unknown as [tf.Tensor, tf.GradSaveFunc];
    const [batch, time, channels] = x.shape;
    const average = tf.mean(x, 1, true);
    const deviation = tf.sub(x, average);
    const largest = tf.max(x, 1, true);
    const std = tf.sqrt(tf.add(tf.mean(tf.square(deviation), 1, true), epsilon));
    const value = tf.reshape(tf.concat([average, largest, std], 2), [batch, 3 * channels]);
    save([x, deviation, largest, std]);
    return {
      value,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [x, deviation, largest, std] = saved;
        const part = (i: number) =>
          tf.reshape(tf.slice(dy, [0, i * channels], [batch, channels]), [batch, 1, channels]);
        const top = tf.relu(tf.sub(1, tf.mul(tf.sub(largest, x), 1e30)));
        const perTop = tf.div(part(1), tf.sum(top, 1, true));
        const slope = tf.div(part(2), tf.mul(std, time));
        const along = tf.add(tf.mul(deviation, slope), tf.mul(top, perTop));
        return tf.add(along, tf.div(part(0), time));
      },
    };
  });
