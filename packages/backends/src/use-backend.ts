import '@tensorflow/tfjs-layers';
import { BackendError } from './backend-error.ts';
import { installChainedOps } from './chained-ops.ts';
import { installGradients } from './gradients.ts';
import { selfCheck } from './self-check.ts';
import { startCpu } from './start/cpu.ts';
import { MissingFilesError } from './start/missing-files.ts';
import { startNode, startNodeGpu } from './start/node.ts';
import { nodeModule, type Start, type Started } from './start/start.ts';
import { startWasm } from './start/wasm.ts';
import type { WasmPaths } from './start/wasm-paths.ts';
import { startWebgl } from './start/webgl.ts';
import { startWebgpu } from './start/webgpu.ts';

/** The backends that `useBackend` knows how to start. */
export type BackendName = 'node-gpu' | 'wasm' | 'webgpu' | 'webgl' | 'node' | 'cpu';

export interface BackendOptions {
  /** Where a loud message goes; `console.warn` (stderr in Node) if left out. */
  warn?: (message: string) => void;
  /**
   * Folder (ending in `/`) or map of the tfjs `.wasm` files, for pages whose bundler moves them; the workers of training
   * and prediction find them there, too. In Node they are found inside the installed package.
   */
  wasmPaths?: WasmPaths;
  /**
   * Whether `wasm` may work on vectors of 256 bits, as its workers do then, too: twice as fast in Node from 24 on, on x86
   * with AVX2, and the same bits. It sets V8's flag `--experimental-wasm-revectorize` for the whole process, which is the
   * program's to choose. Elsewhere, and where it is no faster, nothing changes. False if never given.
   */
  wide?: boolean;
  /** Seconds that one backend may take to start, its self-check included; 60 if left out. */
  patience?: number;
  /**
   * Imports an optional package: `@tensorflow/tfjs-node`, `@tensorflow/tfjs-node-gpu`, `@tensorflow/tfjs-backend-webgl`,
   * `@tensorflow/tfjs-backend-webgpu` or `webgpu`. Left out, they are looked for here and where the program runs; a
   * bundler needs one that names them, as in `(name) => packages[name]()`.
   */
  load?: (name: string) => Promise<unknown>;
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

const starts: Record<BackendName, Start> = {
  'node-gpu': startNodeGpu,
  wasm: startWasm,
  webgpu: startWebgpu,
  webgl: startWebgl,
  node: startNode,
  cpu: startCpu,
};

/**
 * From the fastest to the slowest for the networks of this project, which are small: on an NVIDIA H100 a step of training took
 * four to ten times as long by WebGPU as on one thread of wasm, because every op is a call (docs/performance.md). A GPU in
 * software comes before `cpu` only.
 */
const ranking = Object.keys(starts) as BackendName[];

const OPTIONS: { readonly [name in keyof Required<BackendOptions>]: true } = {
  warn: true,
  wasmPaths: true,
  wide: true,
  patience: true,
  load: true,
};

/** Imports a package that this one does not depend on: from here, or in Node from where the program runs. */
async function importOptional(name: string): Promise<unknown> {
  const node = nodeModule();
  try {
    return await import(/* webpackIgnore: true */ /* @vite-ignore */ name);
  } catch (error) {
    if (!node || (error as { code?: string }).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    const { resolve } = node('node:module').createRequire(`${process.cwd()}/`);
    const { href } = node('node:url').pathToFileURL(resolve(name));
    return import(/* webpackIgnore: true */ /* @vite-ignore */ href);
  }
}

function explain(error: unknown): string {
  const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
  return /cannot find (package|module)|failed to resolve/i.test(line) ? 'not installed' : line;
}

type Attempt = Started | { why: string; missing?: MissingFilesError };

async function attempt(name: BackendName, options: BackendOptions): Promise<Attempt> {
  const { patience = 60, load = importOptional } = options;
  try {
    return await within(patience, async () => {
      const started = await starts[name]({ ...options, load });
      const wrong = await selfCheck();
      return wrong === undefined ? started : { why: wrong };
    });
  } catch (error) {
    return {
      why: explain(error),
      ...(error instanceof MissingFilesError && { missing: error }),
    };
  }
}

/** What `start` gives, or an error when it gives nothing in so many seconds. */
async function within<T>(seconds: number, start: () => Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new Error(`it did not start within ${seconds} s`);
    timer = setTimeout(() => reject(error), seconds * 1000);
  });
  try {
    return await Promise.race([start(), late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Sets tfjs to a backend, prepares it for training and checks it against known numbers before it says yes.
 *
 * @param name one backend, or `'auto'` for the fastest that works here: a real GPU by TensorFlow, wasm, a real GPU by
 *   WebGPU or WebGL, then TensorFlow on the CPU. Whenever pure JavaScript (`cpu`, a hundred times slower) is what is left, `warn` is
 *   told, and the report says why.
 * @throws BackendError if `name` is not known, if not even `cpu` works, or if the files of the one asked for cannot be
 *   loaded: the message has their URL and the answer that it gave.
 * @example
 * const { name, device, reason } = await useBackend('auto');
 */
export async function useBackend(
  name: BackendName | 'auto' = 'auto',
  options: BackendOptions = {},
): Promise<BackendReport> {
  if (name !== 'auto' && !(name in starts)) {
    const known = ['auto', ...ranking];
    const meant = known.find((each) => each === String(name).toLowerCase());
    const hint =
      typeof name === 'object'
        ? "; options come second: useBackend('wasm', { … })"
        : `${meant === undefined ? '' : `; did you mean ${meant}?`}`;
    throw new BackendError(
      `useBackend: name = ${JSON.stringify(name)}, expected one of ${known.join(', ')}${hint}`,
    );
  }
  for (const [option, value] of Object.entries(options)) {
    if (value === undefined || Object.hasOwn(OPTIONS, option)) continue;
    const known = Object.keys(OPTIONS).join(', ');
    throw new BackendError(
      `useBackend: ${option} is ${JSON.stringify(value)}: unknown option; useBackend takes ${known}`,
    );
  }
  installGradients();
  installChainedOps();
  const rejected: BackendReport['rejected'] = [];
  const slow: BackendName[] = [];
  const queue: BackendName[] =
    name === 'auto' ? [...ranking] : [...new Set([name, 'cpu' as const])];
  for (let candidate = queue.shift(); candidate; candidate = queue.shift()) {
    const result = await attempt(candidate, options);
    if ('why' in result) {
      if (result.missing && candidate === name) {
        throw new BackendError(`useBackend: ${name}: ${result.why}`, { cause: result.missing });
      }
      rejected.push({ name: candidate, why: result.why });
    } else if (name === 'auto' && result.software && !slow.includes(candidate)) {
      slow.push(candidate);
      queue.splice(queue.indexOf('cpu'), 0, candidate);
    } else {
      const passed = slow.filter((other) => other !== candidate);
      for (const other of passed) rejected.push({ name: other, why: 'a GPU in software only' });
      const { device } = result;
      const reason = reasonFor(candidate, name, rejected);
      if (candidate === 'cpu' && name !== 'cpu') (options.warn ?? console.warn)(reason);
      return { name: candidate, device, reason, rejected };
    }
  }
  throw new BackendError(`useBackend: no backend works here (${list(rejected)})`);
}

const list = (rejected: BackendReport['rejected']) =>
  rejected.map(({ name, why }) => `${name}: ${why}`).join('; ');

function reasonFor(
  chosen: BackendName,
  asked: BackendName | 'auto',
  rejected: BackendReport['rejected'],
): string {
  if (chosen === asked) return 'asked for';
  if (chosen !== 'cpu') return 'the fastest that works here';
  return `falling back to the slow pure-JavaScript backend "cpu" (${list(rejected)})`;
}
