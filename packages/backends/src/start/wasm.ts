import * as tf from '@tensorflow/tfjs-core';
import { installKernels } from '../kernels/install.ts';
import { nodeModule, type Start } from './start.ts';

/** Folder of the installed wasm backend's binaries in Node; a browser has to fetch them. */
function binariesInNode(): string | undefined {
  const { resolve } = nodeModule()?.('node:module').createRequire(import.meta.url) ?? {};
  return resolve?.('@tensorflow/tfjs-backend-wasm').replace(/[^\\/]*$/, '');
}

/** tfjs' wasm backend with the kernels of this package. */
export const startWasm: Start = async ({ wasmPaths }) => {
  const { setWasmPaths, getThreadsCount } = await import('@tensorflow/tfjs-backend-wasm');
  if (!tf.findBackend('wasm')) {
    const paths = wasmPaths ?? binariesInNode();
    if (paths !== undefined) setWasmPaths(paths);
  }
  if (!(await tf.setBackend('wasm'))) throw new Error('the wasm backend did not start');
  const relaxed = await installKernels();
  const threads = Math.max(1, getThreadsCount());
  const lanes = relaxed ? 'relaxed SIMD' : 'SIMD';
  return { device: `WebAssembly with ${lanes}, ${threads} thread${threads > 1 ? 's' : ''}` };
};
