import type { TracksData } from '@diffusion/tracks';
import { servePool } from '@diffusion/workers';
import { dataSet } from '../data-set.ts';
import { loadModels } from '../motion/load-models.ts';
import type { Specification } from '../sets/specification.ts';
import type { BatchTask } from './simulate-script.ts';
import { workerName } from './worker-name.ts';

// A worker that makes batches of a data set. They are copied to the leading thread: once memory of a thread has moved to
// another, its engine checks at every access to any typed array whether it is still there, and simulation takes a third longer.
servePool<Specification, BatchTask, TracksData>(workerName, async (specification) => {
  const set = dataSet(await loadModels(specification));
  return ({ from, to }) => set.generate(from, to).data;
});
