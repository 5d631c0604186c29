import { nodeWorker, type WorkerScript } from '@diffusion/workers';
import { estimatesWorkerName } from './estimates-worker-name.ts';

/** What the workers that estimate run. */
export const estimatesScript: WorkerScript = {
  name: estimatesWorkerName,
  spawn: () =>
    nodeWorker('./estimates-worker.js', import.meta.url) ??
    new Worker(new URL('./estimates-page-worker.js', import.meta.url), { type: 'module' }),
  text: () => import('./estimates-page-worker-text.js'),
};
