import * as tf from '@tensorflow/tfjs-core';
import type { Host } from './host.ts';
import { replaceKernel, stockKernel } from './register.ts';

/** [outer, reduced, inner] elements if the reduced axes lie side by side, else `undefined`. */
export function blocksOf(shape: number[], axes: number[]): [number, number, number] | undefined {
  const sorted = [...axes].sort((a, b) => a - b);
  if (sorted.some((axis, i) => i > 0 && axis !== sorted[i - 1] + 1)) return undefined;
  const product = (part: number[]) => part.reduce((a, b) => a * b, 1);
  if (sorted.length === 0) return [product(shape), 1, 1];
  const [first, last] = [sorted[0], sorted[sorted.length - 1]];
  return [
    product(shape.slice(0, first)),
    product(shape.slice(first, last + 1)),
    product(shape.slice(last + 1)),
  ];
}

/** Registers Sum and Mean over neighbouring axes of float32 tensors; tfjs keeps the other cases. */
export function registerReductions(host: Host): void {
  for (const kernelName of ['Sum', 'Mean']) {
    const stock = stockKernel(kernelName);
    replaceKernel(kernelName, (call) => {
      const x = call.inputs.x as tf.TensorInfo;
      const { axis, keepDims } = call.attrs as { axis: number | number[]; keepDims?: boolean };
      const axes = tf.util.parseAxisParam(axis, x.shape);
      const blocks = blocksOf(x.shape, axes);
      if (x.dtype !== 'float32' || !blocks || blocks[1] === 0) return stock.kernelFunc(call);
      const [kept] = tf.backend_util.computeOutAndReduceShapes(x.shape, axes);
      const shape = keepDims ? tf.backend_util.expandShapeToKeepDim(kept, axes) : kept;
      const y = host.output(shape);
      const scale = kernelName === 'Mean' ? 1 / blocks[1] : 1;
      host.run.sum(host.address(x), host.address(y), ...blocks, scale);
      return y;
    });
  }
}
