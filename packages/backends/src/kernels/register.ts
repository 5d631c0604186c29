import * as tf from '@tensorflow/tfjs-core';

const stock = new Map<string, tf.KernelConfig>();

/** tfjs' own wasm kernel of that name, whatever has been put in its place since. */
export function stockKernel(kernelName: string): tf.KernelConfig {
  const known = stock.get(kernelName) ?? tf.getKernel(kernelName, 'wasm');
  stock.set(kernelName, known);
  return known;
}

/** Registers a kernel for wasm, in place of one of that name if there is one. */
export function replaceKernel(kernelName: string, kernelFunc: tf.KernelFunc): void {
  const present = tf.getKernel(kernelName, 'wasm');
  if (present) {
    stockKernel(kernelName);
    tf.unregisterKernel(kernelName, 'wasm');
  }
  tf.registerKernel({ ...present, kernelName, backendName: 'wasm', kernelFunc });
}
