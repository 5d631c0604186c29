// The program of a page that a bundler makes: work with workers and without.
import { useBackend } from '@diffusion/backends';
import { features, parallelFeatures } from '@diffusion/features';
import { gajowczyk2021, parallelBatches } from '@diffusion/simulate';
import { options } from './options.js';
import { predicted, trained } from './training.fixture.mjs';

const set = gajowczyk2021({ count: 40, seed: 1 });
const plain = ({ positions }) => [...positions];
const own = (count, script) => count && { count, ...options[script] };
const message = (promise) =>
  promise.then(
    () => 'no error',
    (error) => `${error.name}: ${error.message}`,
  );

async function batches(workers) {
  if (!workers) return plain(set.generate());
  const found = [];
  for await (const tracks of parallelBatches(set, { size: 7, workers }))
    found.push(...plain(tracks));
  return found;
}

async function columns(workers) {
  const names = ['alpha', 'straightness'];
  const tracks = set.generate();
  const found = workers
    ? await parallelFeatures(tracks, { names, workers, points: 2000 })
    : features(tracks, { names });
  return Object.values(found).flatMap((column) => [...column].map(String));
}

window.page = {
  isolated: crossOriginIsolated,
  start: () => useBackend('wasm', { wasmPaths: '/wasm/', warn: () => {} }),
  batches,
  columns,
  predicted: (workers) => predicted(own(workers, 'models')),
  trained: (workers) => trained(own(workers, 'train')),
  /** What becomes of workers whose script is another one, is a page, or does nothing. */
  async lost() {
    const script = (text) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
    const urls = ['/nowhere/worker.js', script('throw new Error("broken")'), script('1 + 1')];
    const lost = [];
    for (const url of urls) {
      const createWorker = () => new Worker(url, { type: 'module' });
      const change = { size: 7, workers: 1, createWorker, startLimit: 3 };
      const reading = parallelBatches(set, change)[Symbol.asyncIterator]();
      lost.push(await message(reading.next()));
    }
    return lost;
  },
};
