import type { AnyWorker } from './any-worker.ts';
import { nodeThreads } from './node-threads.ts';

/** The URLs of workers that are known. */
const urls = new WeakMap<AnyWorker, string>();

/**
 * In Node, a worker that runs a module; undefined in a page, which makes its own, written out where bundlers look for it.
 *
 * @param name of the module, beside the one at `base`: two arguments, so that no bundler takes it for a file of the page.
 * @example
 * const spawn = () =>
 *   nodeWorker('./own-worker.js', import.meta.url) ??
 *   new Worker(new URL('./own-page-worker.js', import.meta.url), { type: 'module' });
 */
export function nodeWorker(name: string, base: string): AnyWorker | undefined {
  const threads = nodeThreads();
  if (!threads) return undefined;
  const url = new URL(name, base);
  const worker = new threads.Worker(url);
  urls.set(worker, url.href);
  return worker;
}

/** One blob per script: browsers do not agree on when it could be let go. */
const blobs = new Map<string, string>();

/** A worker that runs a module given as text, which imports nothing. */
export function workerFromText(text: string): AnyWorker {
  const threads = nodeThreads();
  if (threads)
    return new threads.Worker(new URL(`data:text/javascript,${encodeURIComponent(text)}`));
  let url = blobs.get(text);
  if (url === undefined) {
    url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
    blobs.set(text, url);
  }
  return new Worker(url, { type: 'module' });
}

/**
 * Has a worker made, and finds out from which URL: a page's worker does not tell, and bundlers that rewrite the URL want it
 * written inside of `new Worker(…)`. So the page's `Worker` notes its argument while `make` runs, and only then.
 */
export function madeFrom(make: () => AnyWorker): {
  worker?: AnyWorker;
  url?: string;
  error?: unknown;
} {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'Worker');
  let noted: string | undefined;
  if (!nodeThreads() && before?.configurable && before.value) {
    const noting = new Proxy(before.value, {
      construct(target, [url, ...rest]) {
        noted = new URL(url, globalThis.location?.href).href;
        return new target(url, ...rest);
      },
    });
    Object.defineProperty(globalThis, 'Worker', { ...before, value: noting });
  }
  try {
    const worker = make();
    return { worker, url: urls.get(worker) ?? noted };
  } catch (error) {
    return { error, url: noted };
  } finally {
    if (before) Object.defineProperty(globalThis, 'Worker', before);
  }
}
