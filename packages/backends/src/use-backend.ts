import '@tensorflow/tfjs-layers';
import { BackendError } from './backend-error.ts';
import { installGradients } from './gradients.ts';
import { selfCheck } from './self-check.ts';
import { startCpu } from './start-cpu.ts';
import { startWasm } from './start-wasm.ts';

/** The backends that `useBackend` knows how to start. */
export type BackendName = 'wasm' | 'cpu';

export interface BackendOptions {
  /** Where a loud message goes; `console.warn` (stderr in Node) if left out. */
  warn?: (message: string) => void;
  /**
   * Folder (ending in `/`) or map of the tfjs `.wasm` files, for pages whose bundler moves them. In Node they are found
   * inside the installed package.
   */
  wasmPaths?: string | Record<string, string>;
}

export interface BackendReport {
  /** The backend that tfjs now runs on. */
  name: BackendName;
  /** What it runs on, in words. */
  device: string;
  /** Why this one. */
  reason: string;
  /** The better ones, or the one asked for, and why not. */
  rejected: { name: BackendName; why: string }[];
}

type Start = (options: BackendOptions) => Promise<string>;

const starts: Record<BackendName, Start> = { wasm: startWasm, cpu: startCpu };

/** From the fastest to the slowest. */
const ranking: BackendName[] = ['wasm', 'cpu'];

async function attempt(name: BackendName, options: BackendOptions) {
  try {
    const device = await starts[name](options);
    const wrong = await selfCheck();
    return wrong === undefined ? { device } : { why: wrong };
  } catch (error) {
    return { why: (error instanceof Error ? error.message : String(error)).split('\n')[0] };
  }
}

/**
 * Sets tfjs to a backend, prepares it for training and checks it against known numbers before it says yes.
 *
 * @param name one backend, or `'auto'` for the fastest that works here. Whenever pure JavaScript (`cpu`, a hundred times
 *   slower) is what is left, `warn` is told, and the report says why.
 * @throws BackendError if `name` is not known, or if not even `cpu` works.
 * @example
 * const { name, device, reason } = await useBackend('auto');
 */
export async function useBackend(
  name: BackendName | 'auto' = 'auto',
  options: BackendOptions = {},
): Promise<BackendReport> {
  if (name !== 'auto' && !(name in starts)) {
    const known = ['auto', ...ranking].join(', ');
    throw new BackendError(`useBackend: name = ${JSON.stringify(name)}, expected one of ${known}`);
  }
  installGradients();
  const rejected: BackendReport['rejected'] = [];
  const candidates = name === 'auto' ? ranking : [...new Set([name, 'cpu' as const])];
  for (const candidate of candidates) {
    const { device, why } = await attempt(candidate, options);
    if (device === undefined) {
      rejected.push({ name: candidate, why });
      continue;
    }
    const reason = reasonFor(candidate, name, rejected);
    if (candidate === 'cpu' && name !== 'cpu') (options.warn ?? console.warn)(reason);
    return { name: candidate, device, reason, rejected };
  }
  const whys = rejected.map(({ name, why }) => `${name}: ${why}`).join('; ');
  throw new BackendError(`useBackend: no backend works here (${whys})`);
}

function reasonFor(
  chosen: BackendName,
  asked: BackendName | 'auto',
  rejected: BackendReport['rejected'],
): string {
  const whys = rejected.map(({ name, why }) => `${name}: ${why}`).join('; ');
  if (chosen === asked) return 'asked for';
  if (chosen === 'cpu') return `falling back to the slow pure-JavaScript backend "cpu" (${whys})`;
  return rejected.length ? `the fastest that works here (${whys})` : 'the fastest that works here';
}
