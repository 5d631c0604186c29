import * as tf from '@tensorflow/tfjs-core';
import { registerAdam } from './adam-kernel.ts';
import { registerConvolutions } from './convolution-kernels.ts';
import { registerElementwise } from './elementwise-kernels.ts';
import { createHost, hasRelaxedSimd, type WasmBackend } from './host.ts';
import { registerLstm } from './lstm-kernels.ts';
import { registerNormalisation } from './normalisation-kernels.ts';
import { registerPooling } from './pooling-kernels.ts';
import { registerProducts } from './product-kernels.ts';
import { registerReductions } from './reduction-kernels.ts';
import { registerTimeStatistics } from './time-statistics-kernels.ts';

const installed = new WeakSet<WasmBackend>();

/**
 * Puts this package's kernels into tfjs' wasm backend, which must be the current one.
 *
 * @returns whether they use relaxed SIMD
 * @throws Error if the engine has no SIMD, or the backend hides its memory: tfjs' own kernels are left in place then.
 */
export async function installKernels(): Promise<boolean> {
  const backend = tf.backend() as unknown as WasmBackend;
  if (installed.has(backend)) return hasRelaxedSimd();
  const host = await createHost(backend);
  registerConvolutions(host);
  registerElementwise(host);
  registerReductions(host);
  registerNormalisation(host);
  registerPooling(host);
  registerAdam(host);
  registerProducts(host);
  registerLstm(host);
  registerTimeStatistics(host);
  installed.add(backend);
  return hasRelaxedSimd();
}
