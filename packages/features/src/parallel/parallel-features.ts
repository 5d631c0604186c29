import { checkOptions, type Tracks } from '@diffusion/tracks';
import type { FeatureName } from '../catalogue.ts';
import { FeaturesError } from '../errors.ts';
import { type FeatureChoice, type FeatureColumns, SELECTION } from '../features.ts';
import type { FeatureSetName } from '../sets.ts';
import { buffersOf, isShared, type Reply, type Request } from './message.ts';
import { type AnyWorker, availableCores, connect, type Port, startWorker } from './port.ts';
import {
  type FeatureReference,
  type SentFeature,
  type SentSelection,
  sentFeatures,
} from './sent-features.ts';

/** Options of {@link parallelFeatures}. */
export interface ParallelFeaturesOptions<
  Choice extends FeatureChoice | FeatureReference = FeatureChoice | FeatureReference,
  Set extends FeatureSetName = FeatureSetName,
> extends SentSelection<Choice, Set> {
  /** Number of workers; as many as there are cores unless told. */
  readonly workers?: number;
  /** Points that a worker is given at a time, in whole tracks; default 50,000. */
  readonly points?: number;
  /** Makes a worker that runs this package's worker script, where the default does not find it (some bundlers). */
  readonly createWorker?: () => AnyWorker;
  /** Told after each run how many tracks are done. */
  readonly onProgress?: (done: number) => void;
}

/** A worker that stopped before its work was done. */
export class WorkerError extends Error {
  override readonly name = 'WorkerError';
}

/**
 * The same columns as `features`, computed by a pool of workers (Node's worker threads, or Web Workers). Each worker is
 * given the next run of tracks when it has finished one; positions move to it and columns back without being cloned:
 * the only copy is the one that cuts a run out of the set, and not even that where the positions lie in a
 * SharedArrayBuffer.
 *
 * A feature of one's own is given by its module, since a function cannot be sent to a worker.
 *
 * Throws what `features` throws, and a {@link WorkerError} when a worker dies.
 *
 * @example
 * const steadiness = { module: new URL('./steadiness.js', import.meta.url), export: 'steadiness' };
 * const { alpha } = await parallelFeatures(tracks, { names: ['alpha', steadiness], workers: 4 });
 */
export async function parallelFeatures<
  const Choice extends FeatureChoice | FeatureReference = FeatureName,
  Set extends FeatureSetName = never,
>(
  tracks: Tracks,
  options: ParallelFeaturesOptions<Choice, Set> = {},
): Promise<FeatureColumns<Choice, Set>> {
  checkOptions<ParallelFeaturesOptions>('parallelFeatures', options, KNOWN, FeaturesError);
  const { names, sent } = await sentFeatures(options);
  const workers = atLeastOne('workers', options.workers ?? availableCores());
  const runs = cutRuns(tracks, atLeastOne('points', options.points ?? 50_000));
  const start = options.createWorker ?? startWorker;
  const columns = names.map(() => new Float64Array(tracks.count));
  if (runs.length > 0)
    await computeRuns(tracks, sent, runs, workers, start, columns, options.onProgress);
  return Object.fromEntries(names.map((name, f) => [name, columns[f]])) as FeatureColumns<
    Choice,
    Set
  >;
}

const KNOWN = {
  ...SELECTION,
  workers: true,
  points: true,
  createWorker: true,
  onProgress: true,
} as const;

function atLeastOne(name: string, value: number): number {
  if (!(Number.isInteger(value) && value >= 1)) {
    throw new FeaturesError(`${name} is ${value}: expected an integer of at least 1`);
  }
  return value;
}

/** Places at which runs of about so many points begin, and the end. */
function cutRuns({ offsets, count }: Tracks, points: number): [from: number, to: number][] {
  const runs: [number, number][] = [];
  for (let from = 0; from < count; ) {
    let to = from + 1;
    while (to < count && offsets[to + 1] - offsets[from] <= points) to++;
    runs.push([from, to]);
    from = to;
  }
  return runs;
}

function computeRuns(
  tracks: Tracks,
  features: readonly SentFeature[],
  runs: readonly [number, number][],
  workers: number,
  start: () => AnyWorker,
  columns: readonly Float64Array[],
  onProgress: (done: number) => void = () => {},
): Promise<void> {
  const ports: Port[] = [];
  const done = new Promise<void>((resolve, reject) => {
    let next = 0;
    let left = runs.length;
    let tracksDone = 0;
    const count = Math.min(workers, runs.length);
    const give = (port: Port): void => {
      if (next === runs.length) return;
      const request = requestOf(tracks, features, next, runs[next++]);
      port.post(request, buffersOf([request.positions, request.offsets, request.frames]));
    };
    for (let k = 0; k < count; k++) {
      const replied = (reply: Reply): void => {
        if ('error' in reply) {
          reject(new FeaturesError(reply.error));
          return;
        }
        for (let f = 0; f < columns.length; f++) {
          columns[f].set(reply.columns[f], runs[reply.id][0]);
        }
        tracksDone += runs[reply.id][1] - runs[reply.id][0];
        onProgress(tracksDone);
        if (--left === 0) resolve();
        else give(ports[k]);
      };
      const failed = (reason: string): void =>
        reject(
          new WorkerError(
            `worker ${k + 1} of ${count} stopped before its work was done: ${reason}`,
          ),
        );
      try {
        ports.push(connect(start(), replied, failed));
        give(ports[k]);
      } catch (error) {
        reject(error);
      }
    }
  });
  return done.finally(() => {
    for (const port of ports) port.close();
  });
}

/** The message for a run of tracks: its own arrays, which can be moved, or views of shared ones. */
function requestOf(
  { positions, offsets, frames, dim, dt }: Tracks,
  features: readonly SentFeature[],
  id: number,
  [from, to]: readonly [number, number],
): Request {
  const [begin, end] = [offsets[from], offsets[to]];
  return {
    id,
    features,
    first: from,
    positions: cut(positions, begin * dim, end * dim),
    offsets: Uint32Array.from({ length: to - from + 1 }, (_, i) => offsets[from + i] - begin),
    frames: frames && cut(frames, begin, end),
    dim,
    dt,
  };
}

function cut<A extends Float64Array | Int32Array>(array: A, from: number, to: number): A {
  return (isShared(array.buffer) ? array.subarray(from, to) : array.slice(from, to)) as A;
}
