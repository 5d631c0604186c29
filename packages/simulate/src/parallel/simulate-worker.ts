import type { TracksData } from '@diffusion/tracks';
import { servePool } from '@diffusion/workers';
import { dataSet } from '../data-set.ts';
import { loadModels } from '../motion/load-models.ts';
import type { Specification } from '../sets/specification.ts';
import { buffersOf } from './buffers-of.ts';
import type { BatchTask } from './simulate-script.ts';
import { workerName } from './worker-name.ts';

// A worker that makes batches of a data set.
servePool<Specification, BatchTask, TracksData>(
  workerName,
  async (specification) => {
    const set = dataSet(await loadModels(specification));
    return ({ from, to }) => set.generate(from, to).data;
  },
  buffersOf,
);
