import * as tf from '@tensorflow/tfjs-core';
import { trialStep } from '../trial-step.ts';
import { registerAdam } from './adam-kernel.ts';
import { registerConvolutions } from './convolution-kernels.ts';
import { registerElementwise } from './elementwise-kernels.ts';
import { createHost, type Host, hasRelaxedSimd, hasWideShape, type WasmBackend } from './host.ts';
import { isFusing } from './is-fusing.ts';
import { registerLstm } from './lstm-kernels.ts';
import { registerNormalisation } from './normalisation-kernels.ts';
import { registerPooling } from './pooling-kernels.ts';
import { registerProducts } from './product-kernels.ts';
import { registerReductions } from './reduction-kernels.ts';
import { registerTimeStatistics } from './time-statistics-kernels.ts';

/** What the kernels that were installed use of the engine. */
export interface InstalledKernels {
  /** Whether they multiply and add in one instruction (relaxed SIMD). */
  readonly relaxed: boolean;
  /** Whether they work on vectors of 256 bits. */
  readonly wide: boolean;
  /** Why they do not, where that was asked for. */
  readonly narrowBecause?: string;
}

interface Installed {
  readonly narrow: Host;
  /** Whether the wide ones were asked for. */
  readonly asked: boolean;
  readonly kernels: InstalledKernels;
}

const installed = new WeakMap<WasmBackend, Installed>();

/** Milliseconds for which the wide kernels are tried, for the engine to compile them for good before the end. */
const TRIAL = 40;

/**
 * Puts this package's kernels into tfjs' wasm backend, which must be the current one.
 *
 * @param options.wide whether to take those for 256 bits, if the engine was told to make one vector of two, as Node 24 is by
 *   `--experimental-wasm-revectorize`. They have to be faster here and to give the same bits: left out, what is there stays.
 *   A trial that has failed is not made again in this backend: the narrow ones stay.
 * @returns what they use of the engine
 * @throws Error if the engine has no SIMD, or the backend hides its memory: tfjs' own kernels are left in place then.
 * @example
 * const { wide } = await installKernels({ wide: true });
 */
export async function installKernels(options: { wide?: boolean } = {}): Promise<InstalledKernels> {
  const backend = tf.backend() as unknown as WasmBackend;
  const known = installed.get(backend);
  const { wide = known?.asked ?? false } = options;
  if (known?.asked === wide) return known.kernels;
  const narrow = known?.narrow ?? (await createHost(backend));
  registerKernels(narrow);
  const narrowBecause = wide ? await takeWide(backend, narrow) : undefined;
  const kernels: InstalledKernels = {
    relaxed: hasRelaxedSimd(),
    wide: wide && narrowBecause === undefined,
    ...(narrowBecause && { narrowBecause }),
  };
  installed.set(backend, { narrow, asked: wide, kernels });
  return kernels;
}

/** Registers every kernel, in place of those that are there. */
export function registerKernels(host: Host): void {
  registerConvolutions(host);
  registerElementwise(host);
  registerReductions(host);
  registerNormalisation(host);
  registerPooling(host);
  registerAdam(host);
  registerProducts(host);
  registerLstm(host);
  registerTimeStatistics(host);
}

/** Registers the wide kernels if they are of use; if not, the narrow ones stay, and the answer is why. */
async function takeWide(backend: WasmBackend, narrow: Host): Promise<string | undefined> {
  if (!hasWideShape(backend)) return 'the engine has no relaxed SIMD, or the memory is shared';
  const wide = await createHost(backend, true);
  if (!isFusing(narrow, wide)) return 'vectors of 256 bits are not faster here';
  const expected = trialStep();
  registerKernels(wide);
  const end = performance.now() + TRIAL;
  do {
    const found = trialStep();
    if (expected.some((value, i) => !Object.is(value, found[i]))) {
      registerKernels(narrow);
      return 'vectors of 256 bits give other numbers here';
    }
  } while (performance.now() < end);
  return undefined;
}
