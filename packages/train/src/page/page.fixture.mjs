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
  /** What becomes of a training, and of a prediction, that workers cannot be had for. */
  refused: async () => [await message(trained(own(2))), await message(predicted(own(2)))],
  /** What becomes of a training one of whose workers dies after the first batch. */
  orphaned() {
    const started = [];
    const spawn = () => {
      started.push(new Worker('/worker.js', { type: 'module' }));
      return started.at(-1);
    };
    return message(trained({ count: 2, wasmPaths, spawn }, () => started[1].terminate()));
  },
};
