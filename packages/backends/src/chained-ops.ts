import * as tf from '@tensorflow/tfjs-core';

/**
 * What the orthogonal initializer of tfjs-layers (the default of stock `lstm` and `gru`) calls as methods of tensors, and
 * the import of tfjs-layers and tfjs-core does not bring: it dies with `rMat.flatten is not a function` otherwise.
 */
const needed = {
  flatten: (x: tf.Tensor) => tf.reshape(x, [x.size]),
  stridedSlice: (x: tf.Tensor, begin: number[], end: number[], strides?: number[]) =>
    tf.stridedSlice(x, begin, end, strides),
  sign: (x: tf.Tensor) => tf.sign(x),
  transpose: (x: tf.Tensor, order?: number[]) => tf.transpose(x, order),
  reshape: (x: tf.Tensor, shape: number[]) => tf.reshape(x, shape),
};

/** Gives tensors the methods that stock layers need, where a program has not brought them itself. */
export function installChainedOps(): void {
  const prototype = tf.Tensor.prototype as unknown as Record<string, unknown>;
  for (const [name, op] of Object.entries(needed)) {
    prototype[name] ??= function (this: tf.Tensor, ...rest: never[]) {
      return (op as (x: tf.Tensor, ...rest: never[]) => tf.Tensor)(this, ...rest);
    };
  }
}
