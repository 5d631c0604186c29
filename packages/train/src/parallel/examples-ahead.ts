import type { TracksData } from '@diffusion/tracks';
import { startPool, type WorkerStart } from '@diffusion/workers';
import { type ExampleSource, type Examples, examplesFrom } from '../examples.ts';
import { cutBatch } from './cut-batch.ts';
import { type ExamplesSetup, exampleSourceData } from './shard-setup.ts';
import { trainScript } from './train-script.ts';

/** Examples that a worker is to make: tracks `from` … `to` − 1 of an epoch. */
export interface ExamplesTask {
  readonly epoch: number;
  readonly from: number;
  readonly to: number;
  /** Where the worker does not know how to make the tracks. */
  readonly tracks?: TracksData;
}

/** What makes the examples of the next batches while the network learns from one. */
export interface ExamplesAhead {
  /** Waits until the examples of a batch are there, and sees to it that those of the next ones are being made. */
  prepare(epoch: number, from: number, to: number): Promise<void>;
  /** The examples of a batch, or of a part of one, that has been prepared; each is given once. */
  take(epoch: number, from: number, to: number): Examples | undefined;
  close(): Promise<void>;
}

/** What {@link examplesAhead} is told beside where examples come from. */
export interface AheadOptions extends ExampleSource {
  /** Threads that make them; 0: this one, when they are asked for. */
  readonly workers: WorkerStart & { readonly count: number };
  /** Parts into which a batch is cut. */
  readonly shards: number;
  readonly epochs: number;
  /** Where the batches of an epoch begin and end. */
  readonly edgesOf: (epoch: number) => ArrayLike<number>;
}

/** Batches that each worker has in hand or waiting for the network. */
const AHEAD = 3;

/** Where an encoder is a function that no worker can have, this thread makes the examples. */
export function examplesAhead(options: AheadOptions): ExamplesAhead {
  const data = options.workers.count > 0 ? exampleSourceData(options) : undefined;
  return data ? inWorkers(options, { makes: data, output: options.output }) : onThisThread(options);
}

const keyOf = (epoch: number, from: number, to: number): string => `${epoch} ${from} ${to}`;

/** What makes them when they are asked for. */
function onThisThread(options: AheadOptions): ExamplesAhead {
  const made = new Map<string, Examples>();
  return {
    async prepare(epoch, from, to) {
      for (const part of cutBatch(from, to, options.shards)) {
        const tracks = options.source.take(epoch, part.from, part.to);
        made.set(keyOf(epoch, part.from, part.to), examplesFrom(options, tracks, epoch, part.from));
      }
    },
    take: takeFrom(made),
    close: async () => {},
  };
}

const takeFrom = (made: Map<string, Examples>) => (epoch: number, from: number, to: number) => {
  const key = keyOf(epoch, from, to);
  const examples = made.get(key);
  made.delete(key);
  return examples;
};

function inWorkers(options: AheadOptions, setup: ExamplesSetup): ExamplesAhead {
  const { source, shards, epochs, edgesOf } = options;
  const { count, ...start } = options.workers;
  const pool = startPool<ExamplesSetup, ExamplesTask, Examples>({
    ...start,
    script: trainScript,
    workers: count,
    setup,
    ahead: AHEAD * shards,
  });
  let ready = false;
  let failure: unknown;
  // Until they have started this thread makes the examples.
  pool.ready.then(
    () => {
      ready = true;
    },
    (error: unknown) => {
      failure = error;
    },
  );
  const here = onThisThread(options);
  const made = new Map<string, Examples>();
  const coming = new Map<string, Promise<Examples>>();
  /** The batches that have been asked for: up to this one of this epoch. */
  let asked = { epoch: 0, from: -1 };

  const ask = (epoch: number, from: number, to: number): void => {
    for (const part of cutBatch(from, to, shards)) {
      const tracks = setup.makes.tracks
        ? {}
        : { tracks: source.take(epoch, part.from, part.to).data };
      const promise = pool.run({ epoch, from: part.from, to: part.to, ...tracks });
      // Said where it is waited for.
      promise.catch(() => {});
      coming.set(keyOf(epoch, part.from, part.to), promise);
    }
    asked = { epoch, from };
  };
  /** Asks for the next batches behind one, so many in all. */
  const askBehind = (epoch: number, from: number): void => {
    let left = AHEAD * count;
    for (let e = epoch; e < epochs && left > 0; e++) {
      const edges = edgesOf(e);
      for (let b = 0; b < edges.length - 1 && left > 0; b++) {
        if (e === epoch && edges[b] <= from) continue;
        left--;
        const known = e < asked.epoch || (e === asked.epoch && edges[b] <= asked.from);
        if (!known) ask(e, edges[b], edges[b + 1]);
      }
    }
  };
  return {
    async prepare(epoch, from, to) {
      if (failure) throw failure;
      const parts = cutBatch(from, to, shards);
      const isComing = coming.has(keyOf(epoch, parts[0].from, parts[0].to));
      if (ready) askBehind(epoch, from);
      if (!isComing) return here.prepare(epoch, from, to);
      for (const part of parts) {
        const key = keyOf(epoch, part.from, part.to);
        made.set(key, await coming.get(key)!);
        coming.delete(key);
      }
    },
    take: (epoch, from, to) => takeFrom(made)(epoch, from, to) ?? here.take(epoch, from, to),
    close: () => pool.close(),
  };
}
