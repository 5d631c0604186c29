import type { TracksData } from '@diffusion/tracks';
import { servePool } from '@diffusion/workers';
import { dataSet } from '../data-set.ts';
import { buffersOf } from './buffers-of.ts';
import type { BatchTask } from './simulate-script.ts';
import { workerName } from './worker-name.ts';

// A worker that makes batches of a data set.
servePool<Readonly<Record<string, unknown>>, BatchTask, TracksData>(
  workerName,
  (specification) => {
    const set = dataSet(specification);
    return ({ from, to }) => set.generate(from, to).data;
  },
  buffersOf,
);
