import * as tf from '@tensorflow/tfjs-core';
import { hasKernel, installGradients, runKernel } from './gradients.ts';

/**
 * The sum of two tensors, cut at zero: what ends a residual block (He et al. 2016). On wasm it is one kernel of
 * floats of one shape, and one for the gradient, which is the same for both terms.
 *
 * @param a, b of one shape, or of shapes that tfjs broadcasts
 * @returns max(a + b, 0)
 * @example
 * rectifiedSum(tf.tensor1d([1, -2]), tf.tensor1d([2, 1])); // 3, 0
 */
export function rectifiedSum(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  installGradients();
  const areFloats = a.dtype === 'float32' && b.dtype === 'float32';
  if (areFloats && hasKernel('RectifiedSum') && tf.util.arraysEqual(a.shape, b.shape)) {
    return runKernel('RectifiedSum', { a, b });
  }
  return tf.tidy(() => tf.relu(tf.add(a, b)));
}
