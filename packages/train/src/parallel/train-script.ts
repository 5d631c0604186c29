import { nodeWorker, type WorkerScript } from '@diffusion/workers';
import { workerName } from './worker-name.ts';

/** What this package's workers run. */
export const trainScript: WorkerScript = {
  name: workerName,
  spawn: () =>
    nodeWorker('./train-worker.js', import.meta.url) ??
    new Worker(new URL('./train-worker.js', import.meta.url), { type: 'module' }),
};
