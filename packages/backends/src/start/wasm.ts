import * as tf from '@tensorflow/tfjs-core';
import { registerComposedGradients } from '../kernels/composed-kernels.ts';
import { hasSimd } from '../kernels/host.ts';
import { installKernels } from '../kernels/install.ts';
import { MissingFilesError } from './missing-files.ts';
import { nodeModule, type Start } from './start.ts';
import { missingBinary, WHAT_A_PAGE_NEEDS } from './wasm-files.ts';
import { keepWasmPaths, type WasmPaths } from './wasm-paths.ts';
import { allowWide, keepWide } from './wide.ts';

/** Folder of the installed wasm backend's binaries in Node; a browser has to fetch them. */
function binariesInNode(): string | undefined {
  const { resolve } = nodeModule()?.('node:module').createRequire(import.meta.url) ?? {};
  return resolve?.('@tensorflow/tfjs-backend-wasm').replace(/[^\\/]*$/, '');
}

/** Told apart from what a minifier makes of it. */
const keepsItsNames = (parameterWithALongName: unknown) => parameterWithALongName;

/**
 * tfjs starts its threads from the source text of a function, which a minifier leaves without the names that it refers
 * to: the threads fail and nothing ever answers. Where this module was minified, tfjs was, too.
 */
const isMinified = () => !keepsItsNames.toString().includes('parameterWithALongName');

/** What tfjs puts before the names of its binaries in a page: the folder of a classic script, else of the page. */
const beside = globalThis.document?.currentScript as { src?: string } | null | undefined;

/** URL of the binary that tfjs will ask for in a page. */
async function binaryUrl(paths: WasmPaths | undefined): Promise<string> {
  const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  const threads = await tf.env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT');
  const file = `tfjs-backend-wasm${simd ? (threads ? '-threaded-simd' : '-simd') : ''}.wasm`;
  const path = typeof paths === 'object' ? paths[file] : (paths ?? '') + file;
  if (path === undefined) {
    const given = `wasmPaths has ${Object.keys(paths as object).join(', ') || 'no files'}`;
    throw new MissingFilesError(`${given}: expected ${file}, too; ${WHAT_A_PAGE_NEEDS}`);
  }
  return new URL(path, beside?.src || globalThis.document?.baseURI || globalThis.location.href)
    .href;
}

/** Whether tfjs runs a backend already; to ask by `findBackend` would start it, before it is told of its files. */
const isStarted = (name: string) => name in tf.engine().registry;

/**
 * tfjs' module has every error of the program that nobody catches thrown anew, so that Node shows a line of tfjs in its place.
 * What it adds while it starts is taken off again.
 */
async function withoutHandlers<T>(start: () => Promise<T>): Promise<T> {
  if (!nodeModule()) return start();
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = events.map((event) => process.listeners(event as 'uncaughtException'));
  try {
    return await start();
  } finally {
    for (const [i, event] of events.entries()) {
      for (const listener of process.listeners(event as 'uncaughtException')) {
        if (!before[i].includes(listener)) process.off(event, listener);
      }
    }
  }
}

/** tfjs' wasm backend with the kernels of this package. */
export const startWasm: Start = async ({ wasmPaths, wide }) => {
  const { setWasmPaths, getThreadsCount } = await import('@tensorflow/tfjs-backend-wasm');
  if (!nodeModule() && isMinified()) tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (!isStarted('wasm')) {
    const paths = wasmPaths === undefined ? binariesInNode() : keepWasmPaths(wasmPaths);
    if (!nodeModule()) {
      const missing = await missingBinary(await binaryUrl(paths));
      if (missing) throw missing;
    }
    if (paths !== undefined) setWasmPaths(paths);
  }
  const started = await withoutHandlers(() => tf.setBackend('wasm'));
  if (!started) throw new Error('the wasm backend did not start');
  const threads = Math.max(1, getThreadsCount());
  const count = `${threads} thread${threads > 1 ? 's' : ''}`;
  if (!hasSimd()) {
    registerComposedGradients();
    return { device: `WebAssembly without SIMD, ${count}` };
  }
  const kernels = await installKernels({ wide: wide && allowWide() });
  keepWide(kernels.wide);
  const simd = `${kernels.relaxed ? 'relaxed ' : ''}SIMD${kernels.wide ? ', 256 bits' : ''}`;
  return { device: `WebAssembly with ${simd}, ${count}` };
};
