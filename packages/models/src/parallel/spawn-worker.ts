import type { AnyWorker } from '@diffusion/backends/parallel';

/** A worker of this package, in Node or in a page. */
export function spawnWorker(): AnyWorker {
  const node = globalThis.process?.versions?.node && globalThis.process.getBuiltinModule;
  if (!node) return new Worker(new URL('./models-worker.js', import.meta.url), { type: 'module' });
  const threads = node('node:worker_threads');
  return new threads.Worker(new URL('./models-worker.js', import.meta.url));
}
