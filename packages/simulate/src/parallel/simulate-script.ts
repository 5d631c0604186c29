import { nodeWorker, type WorkerScript } from '@diffusion/workers';
import { workerName } from './worker-name.ts';

/** Tracks `from` … `to` − 1 of a data set, which a worker is to make. */
export interface BatchTask {
  readonly from: number;
  readonly to: number;
}

/** What this package's workers run. */
export const simulateScript: WorkerScript = {
  name: workerName,
  spawn: () =>
    nodeWorker('./simulate-worker.js', import.meta.url) ??
    new Worker(new URL('./simulate-page-worker.js', import.meta.url), { type: 'module' }),
  text: () => import('./simulate-page-worker-text.js'),
};
