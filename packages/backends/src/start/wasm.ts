import * as tf from '@tensorflow/tfjs-core';
import { registerComposedGradients } from '../kernels/composed-kernels.ts';
import { hasSimd } from '../kernels/host.ts';
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
  const threads = Math.max(1, getThreadsCount());
  const count = `${threads} thread${threads > 1 ? 's' : ''}`;
  if (!hasSimd()) {
    registerComposedGradients();
    return { device: `WebAssembly without SIMD, ${count}` };
  }
  const relaxed = await installKernels();
  return { device: `WebAssembly with ${relaxed ? 'relaxed ' : ''}SIMD, ${count}` };
};
