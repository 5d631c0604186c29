import { nodeWorker, type WorkerScript } from '@diffusion/workers';
import { workerName } from './worker-name.ts';

/** What this package's workers run. */
export const modelsScript: WorkerScript = {
  name: workerName,
  spawn: () =>
    nodeWorker('./models-worker.js', import.meta.url) ??
    new Worker(new URL('./models-worker.js', import.meta.url), { type: 'module' }),
};
