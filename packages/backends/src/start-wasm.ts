import * as tf from '@tensorflow/tfjs-core';
import { installKernels } from './kernels/install.ts';
import type { BackendOptions } from './use-backend.ts';

/** Folder of the installed wasm backend's binaries in Node; `undefined` in a browser, which fetches them. */
function binariesInNode(): string | undefined {
  const node = globalThis.process?.getBuiltinModule;
  if (!globalThis.process?.versions?.node || !node) return undefined;
  const { resolve } = node('node:module').createRequire(import.meta.url);
  return resolve('@tensorflow/tfjs-backend-wasm').replace(/[^\\/]*$/, '');
}

/** Starts tfjs' wasm backend with the kernels that training needs. */
export async function startWasm({ wasmPaths }: BackendOptions): Promise<string> {
  const { setWasmPaths, getThreadsCount } = await import('@tensorflow/tfjs-backend-wasm');
  if (!tf.findBackend('wasm')) {
    const paths = wasmPaths ?? binariesInNode();
    if (paths !== undefined) setWasmPaths(paths);
  }
  if (!(await tf.setBackend('wasm'))) throw new Error('the wasm backend did not start');
  await installKernels();
  const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  const threads = Math.max(1, getThreadsCount());
  return `WebAssembly${simd ? ' with SIMD' : ''}, ${threads} thread${threads > 1 ? 's' : ''}`;
}
