import * as tf from '@tensorflow/tfjs-core';
import { nodeModule, type Start } from './start.ts';

/** `tfjs-node` calls this function of Node's, which is gone since Node 23. */
function restoreIsNullOrUndefined(): void {
  const util = nodeModule()?.('node:util') as unknown as Record<string, unknown>;
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
}

/** TensorFlow's native library through `@tensorflow/tfjs-node` or `@tensorflow/tfjs-node-gpu`, if the user installed it. */
const startTensorflow =
  (name: '@tensorflow/tfjs-node' | '@tensorflow/tfjs-node-gpu'): Start =>
  async ({ load }) => {
    if (!nodeModule()) throw new Error('needs Node');
    restoreIsNullOrUndefined();
    await load(name);
    if (!(await tf.setBackend('tensorflow'))) throw new Error('TensorFlow did not start');
    const { isGPUPackage, isUsingGpuDevice } = tf.backend() as unknown as Record<string, boolean>;
    if (name.endsWith('gpu') && !(isUsingGpuDevice && isGPUPackage)) {
      throw new Error('TensorFlow sees no GPU');
    }
    return { device: `TensorFlow on ${name.endsWith('gpu') ? 'a CUDA GPU' : 'the CPU'}` };
  };

export const startNode = startTensorflow('@tensorflow/tfjs-node');
export const startNodeGpu = startTensorflow('@tensorflow/tfjs-node-gpu');
