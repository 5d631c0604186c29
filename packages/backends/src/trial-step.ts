import * as tf from '@tensorflow/tfjs-core';
import { batchNormTraining } from './batch-norm.ts';
import { convolve1d } from './convolve1d.ts';
import { installGradients } from './gradients.ts';
import { lstm } from './lstm.ts';

/** Numbers from −scale to scale that use all of a float's digits, so that a sum in another order has other bits. */
function tensor(shape: number[], salt: number, scale: number): tf.Tensor {
  let state = (salt + 1) * 2654435761;
  const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return scale * (state / 2147483648 - 1);
  });
  return tf.tensor(values, shape);
}

/** Samples, filter, scale, offset, the LSTM's kernel, recurrent kernel and bias, the last layer's matrix. */
const SHAPES = [[5, 61, 20], [5, 20, 44], [44], [44], [44, 80], [20, 80], [80], [20, 27]];

/** The loss of a network that has every kind of kernel in it. */
function loss(...inputs: tf.Tensor[]): tf.Scalar {
  const [x, filter, scale, offset, kernel, recurrentKernel, bias, last] = inputs;
  const convolved = convolve1d(x as tf.Tensor3D, filter as tf.Tensor3D, { stride: 2 });
  const [normalised] = batchNormTraining(
    convolved,
    scale as tf.Tensor1D,
    offset as tf.Tensor1D,
    1e-3,
    'relu',
  );
  const h = lstm(normalised as tf.Tensor3D, {
    kernel: kernel as tf.Tensor2D,
    recurrentKernel: recurrentKernel as tf.Tensor2D,
    bias: bias as tf.Tensor1D,
  });
  const out = tf.matMul(tf.reshape(h, [-1, 20]), last as tf.Tensor2D);
  return tf.mean(tf.square(tf.sub(tf.sigmoid(out), 0.3)));
}

/**
 * The loss of a small network and its gradients by its weights and its input, on the current backend: numbers to compare,
 * bit by bit, between two sets of kernels.
 */
export function trialStep(): Float32Array {
  installGradients();
  return tf.tidy(() => {
    const inputs = SHAPES.map((shape, i) => tensor(shape, i, i === 0 ? 1 : 0.3));
    const { value, grads } = tf.valueAndGrads(loss)(inputs);
    const all = [value, ...grads].map((part) => tf.reshape(part, [-1]));
    return tf.concat(all).dataSync() as Float32Array;
  });
}
