// What the test asks of the page.
import { useBackend } from '@diffusion/backends';
import { predicted, trained } from './training.fixture.mjs';

const wasmPaths = '/wasm/';
const own = (count) => count && { count, wasmPaths };
const message = (promise) =>
  promise.then(
    () => 'no error',
    (error) => `${error.name}: ${error.message}`,
  );

globalThis.page = {
  isolated: globalThis.crossOriginIsolated,
  start: () => useBackend('wasm', { wasmPaths }),
  trained: (workers) => trained(own(workers)),
  predicted: (workers) => predicted(own(workers)),
  /** What becomes of a training whose workers cannot share memory. */
  refused: () => message(trained(own(2))),
  /** What becomes of a training one of whose workers dies after the first batch. */
  orphaned() {
    const started = [];
    const createWorker = () => {
      started.push(new Worker('/train-worker.js', { type: 'module' }));
      return started.at(-1);
    };
    return message(trained({ count: 2, wasmPaths, createWorker }, () => started[1].terminate()));
  },
};
