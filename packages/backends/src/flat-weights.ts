import * as tf from '@tensorflow/tfjs-core';
import { BackendError } from './backend-error.ts';

/** Numbers in all of these tensors. */
export const countNumbers = (tensors: readonly tf.Tensor[]): number =>
  tensors.reduce((sum, { size }) => sum + size, 0);

/**
 * Copies tensors to one array, one after the other.
 *
 * @example
 * flatten(model.getWeights(), new Float32Array(countNumbers(model.getWeights())));
 */
export function flatten(tensors: readonly tf.Tensor[], out: Float32Array): Float32Array {
  expectSize(tensors, out);
  let at = 0;
  for (const tensor of tensors) {
    out.set(tensor.dataSync(), at);
    at += tensor.size;
  }
  return out;
}

/** Gives variables the numbers of one array, one after the other: what `flatten` did, backwards. */
export function assignFlat(variables: readonly tf.Variable[], values: Float32Array): void {
  expectSize(variables, values);
  let at = 0;
  for (const variable of variables) {
    // A copy: tfjs keeps what it is given, and the array may be shared between threads.
    const part = values.slice(at, at + variable.size);
    const tensor = tf.tensor(part, variable.shape);
    variable.assign(tensor);
    tensor.dispose();
    at += variable.size;
  }
}

function expectSize(tensors: readonly tf.Tensor[], { length }: Float32Array): void {
  const expected = countNumbers(tensors);
  if (length !== expected) {
    throw new BackendError(`flat weights: length = ${length}, expected ${expected}`);
  }
}
