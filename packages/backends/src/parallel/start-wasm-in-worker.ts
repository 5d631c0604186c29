import { env } from '@tensorflow/tfjs-core';
import { useBackend } from '../use-backend.ts';

/**
 * In a worker's module: makes wasm the backend, on one thread.
 *
 * @param wasmPaths where a page has tfjs' `.wasm` files, as for `useBackend`.
 * @param wide whether vectors of 256 bits may be used, as for `useBackend`.
 * @throws Error where wasm does not start.
 * @example
 * servePool('own', async ({ wasmPaths, wide }) => {
 *   await startWasmInWorker(wasmPaths, wide);
 *   return (task) => 0;
 * });
 */
export async function startWasmInWorker(
  wasmPaths?: string | Record<string, string>,
  wide?: boolean,
): Promise<void> {
  // The workers are the threads: in a page tfjs would start a pool of more in each.
  env().setFlags({ WASM_HAS_MULTITHREAD_SUPPORT: false });
  const { name } = await useBackend('wasm', { wasmPaths, wide, warn: () => {} });
  if (name !== 'wasm') throw new Error('wasm does not start in this worker');
}
