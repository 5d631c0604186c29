import { nodeWorker, type WorkerScript } from '@diffusion/workers';
import { workerName } from './worker-name.ts';

/** What this package's workers run. */
export const featuresScript: WorkerScript = {
  name: workerName,
  spawn: () =>
    nodeWorker('./features-worker.js', import.meta.url) ??
    new Worker(new URL('./features-page-worker.js', import.meta.url), { type: 'module' }),
  text: () => import('./features-page-worker-text.js'),
};
