import * as tf from '@tensorflow/tfjs-core';
import { BackendError } from './backend-error.ts';
import type { WasmBackend } from './kernels/host.ts';

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
    out.set(heapView(tensor) ?? tensor.dataSync(), at);
    at += tensor.size;
  }
  return out;
}

/** Gives variables the numbers of one array, one after the other: what `flatten` did, backwards. */
export function assignFlat(variables: readonly tf.Variable[], values: Float32Array): void {
  expectSize(variables, values);
  for (const [i, tensor] of tensorsOf(variables, values).entries()) {
    variables[i].assign(tensor);
    tensor.dispose();
  }
}

/** New tensors of these shapes with the numbers of one array, one after the other; they are the caller's to dispose of. */
export function tensorsOf(like: readonly tf.Tensor[], values: Float32Array): tf.Tensor[] {
  expectSize(like, values);
  // The wasm backend copies into its heap; others keep what they are given, and the array may be shared between threads.
  const copied = tf.getBackend() === 'wasm';
  let at = 0;
  return like.map(({ shape, size }) => {
    const part = copied ? values.subarray(at, at + size) : values.slice(at, at + size);
    at += size;
    return tf.tensor(part, shape);
  });
}

/** A float32 tensor of the wasm backend where it lies, good until the next allocation; none on other backends. */
function heapView(tensor: tf.Tensor): Float32Array | undefined {
  if (tf.getBackend() !== 'wasm' || tensor.dtype !== 'float32') return undefined;
  const { dataIdMap, wasm } = tf.backend() as unknown as WasmBackend;
  const { memoryOffset } = dataIdMap.get(tensor.dataId);
  return new Float32Array(wasm.HEAPU8.buffer, memoryOffset, tensor.size);
}

function expectSize(tensors: readonly tf.Tensor[], { length }: Float32Array): void {
  const expected = countNumbers(tensors);
  if (length !== expected) {
    throw new BackendError(`flat weights: length = ${length}, expected ${expected}`);
  }
}
