import { Tracks, type TracksData } from '@diffusion/tracks';
import { availableCores, startPool, type WorkerStart } from '@diffusion/workers';
import { checkInteger } from '../check.ts';
import { ParameterError } from '../errors.ts';
import { isPlainSpecification } from '../motion/load-models.ts';
import { readFields } from '../read-specification.ts';
import { type BatchOptions, checkRange, type DataSet } from '../sets/make-data-set.ts';
import type { Specification } from '../sets/specification.ts';
import { type BatchTask, simulateScript } from './simulate-script.ts';

/** Options of {@link parallelBatches}. */
export interface ParallelOptions extends BatchOptions, WorkerStart {
  /** Number of workers; as many as there are cores unless told. */
  workers?: number;
}

const OPTIONS = ['size', 'from', 'to', 'workers', 'createWorker', 'startLimit', 'patience'];

/** Batches that each worker has in hand or waiting for the reader. */
const AHEAD = 2;

/**
 * The batches of a data set, in order, simulated by a pool of workers (Node's worker threads, or Web
 * Workers): the same bits as `set.batches`, whatever the number of workers. At most two batches per worker exist at a time,
 * so memory stays constant; the workers end when the iteration does.
 *
 * Throws a ParameterError for a wrong argument, and a WorkerError of `@diffusion/workers` when a worker does not
 * start, dies, falls silent or cannot make its batch.
 *
 * @example
 * for await (const tracks of parallelBatches(gajowczyk2021({ count: 1_000_000, seed: 1 }), { size: 1000 })) {
 *   // train on tracks
 * }
 */
export function parallelBatches(set: DataSet, options: ParallelOptions): AsyncIterable<Tracks> {
  readFields('', options, OPTIONS);
  const { size, from = 0, to = set.count, workers = availableCores() } = options;
  if (!isPlainSpecification(set.specification)) {
    throw new ParameterError(
      'set',
      'a set with a model of motion given as an object',
      'the model as { module, export }, which workers can import (see loadModels)',
    );
  }
  checkInteger('size', size, { min: 1 });
  checkRange(set.count, from, to);
  checkInteger('workers', workers, { min: 1, max: 1024 });
  return { [Symbol.asyncIterator]: () => run(set, { ...options, size, from, to, workers }) };
}

async function* run(
  set: DataSet,
  {
    size,
    from,
    to,
    workers,
    ...start
  }: ParallelOptions & Required<BatchOptions & { workers: number }>,
): AsyncGenerator<Tracks> {
  const batches = Math.ceil((to - from) / size);
  if (batches === 0) return;
  const count = Math.min(workers, batches);
  const pool = startPool<Specification, BatchTask, TracksData>({
    ...start,
    script: simulateScript,
    workers: count,
    setup: set.specification,
    ahead: AHEAD,
  });
  try {
    const coming: Promise<TracksData>[] = [];
    let begin = from;
    const ask = (): void => {
      if (begin >= to) return;
      coming.push(pool.run({ from: begin, to: Math.min(to, begin + size) }));
      begin += size;
    };
    for (let i = 0; i < count * AHEAD; i++) ask();
    for (let id = 0; id < batches; id++) {
      const data = await (coming.shift() as Promise<TracksData>);
      ask();
      yield new Tracks(data);
    }
  } finally {
    await pool.close();
  }
}
