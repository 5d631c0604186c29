import { Tracks } from '@diffusion/tracks';
import { checkInteger } from '../check.ts';
import { ParameterError } from '../errors.ts';
import { isPlainSpecification } from '../motion/load-models.ts';
import { type BatchOptions, checkRange, type DataSet } from '../sets/data-set.ts';
import type { Reply } from './message.ts';
import { type AnyWorker, availableCores, connect, type Port, startWorker } from './port.ts';

/** Options of {@link parallelBatches}. */
export interface ParallelOptions extends BatchOptions {
  /** Number of workers; as many as there are cores unless told. */
  workers?: number;
  /** Makes a worker that runs this package's worker script, where the default does not find it (some bundlers). */
  createWorker?: () => AnyWorker;
}

/** A worker that stopped before its work was done. */
export class WorkerError extends Error {
  override readonly name = 'WorkerError';
}

/** Batches that each worker has in hand or waiting for the reader. */
const AHEAD = 2;

/**
 * The batches of a data set, in order, simulated by a pool of workers (Node's worker threads, or Web
 * Workers): the same bits as `set.batches`, whatever the number of workers. The columns move from the
 * worker's memory to this thread's without being copied. At most two batches per worker exist at a time, so
 * memory stays constant; the workers end when the iteration does.
 *
 * Throws a ParameterError for a wrong argument, and a WorkerError when a worker dies.
 *
 * @example
 * for await (const tracks of parallelBatches(gajowczyk2021({ count: 1_000_000, seed: 1 }), { size: 1000 })) {
 *   // train on tracks
 * }
 */
export function parallelBatches(set: DataSet, options: ParallelOptions): AsyncIterable<Tracks> {
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
  const start = options.createWorker ?? startWorker;
  return { [Symbol.asyncIterator]: () => run(set, { size, from, to, workers }, start) };
}

interface Pending {
  readonly promise: Promise<Tracks>;
  readonly resolve: (tracks: Tracks) => void;
  readonly reject: (error: Error) => void;
}

function pending(): Pending {
  let resolve: Pending['resolve'] = () => {};
  let reject: Pending['reject'] = () => {};
  const promise = new Promise<Tracks>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // Reported where the batch is awaited; until then it is not an unhandled rejection.
  promise.catch(() => {});
  return { promise, resolve, reject };
}

async function* run(
  set: DataSet,
  { size, from, to, workers }: Required<Omit<ParallelOptions, 'createWorker'>>,
  start: () => AnyWorker,
): AsyncGenerator<Tracks> {
  const batches = Math.ceil((to - from) / size);
  const waiting = new Map<number, Pending>();
  let failure: Error | undefined;
  const fail = (error: Error): void => {
    failure ??= error;
    for (const { reject } of waiting.values()) reject(failure);
  };
  const replied = (reply: Reply): void => {
    if ('data' in reply) waiting.get(reply.id)?.resolve(new Tracks(reply.data));
    else fail(new WorkerError(`a worker could not make batch ${reply.id}: ${reply.error}`));
  };
  const ports: Port[] = [];
  try {
    const count = Math.min(workers, batches);
    for (let k = 0; k < count; k++) {
      const failed = (reason: string): void =>
        fail(
          new WorkerError(
            `worker ${k + 1} of ${count} stopped before its work was done: ${reason}`,
          ),
        );
      ports.push(connect(start(), replied, failed));
    }
    const ask = (id: number): void => {
      const entry = pending();
      waiting.set(id, entry);
      if (failure) entry.reject(failure);
      const begin = from + id * size;
      ports[id % count].post({
        id,
        specification: set.specification,
        from: begin,
        to: Math.min(to, begin + size),
      });
    };
    for (let id = 0; id < Math.min(batches, count * AHEAD); id++) ask(id);
    for (let id = 0; id < batches; id++) {
      const tracks = await waiting.get(id)?.promise;
      waiting.delete(id);
      if (id + count * AHEAD < batches) ask(id + count * AHEAD);
      if (tracks) yield tracks;
    }
  } finally {
    for (const port of ports) port.close();
  }
}
