import type { Tracks } from '@diffusion/tracks';
import { checkOptions } from '@diffusion/tracks/messages';
import { availableCores, type Pool, startPool, type WorkerStart } from '@diffusion/workers';
import type { FeatureName } from '../catalogue.ts';
import { FeaturesError } from '../errors.ts';
import { type FeatureChoice, type FeatureColumns, SELECTION } from '../features.ts';
import type { FeatureSetName } from '../sets.ts';
import { featuresScript } from './features-script.ts';
import type { RunOfTracks, Setup } from './message.ts';
import { atLeastOne, cutRuns, runOf } from './runs-of-tracks.ts';
import { type FeatureReference, type SentSelection, sentFeatures } from './sent-features.ts';

/** Options of {@link parallelFeatures}. */
export interface ParallelFeaturesOptions<
  Choice extends FeatureChoice | FeatureReference = FeatureChoice | FeatureReference,
  Set extends FeatureSetName = FeatureSetName,
> extends SentSelection<Choice, Set>,
    WorkerStart {
  /** Number of workers; as many as there are cores unless told. */
  readonly workers?: number;
  /** Points that a worker is given at a time, in whole tracks; default 50,000. */
  readonly points?: number;
  /** Told after each run how many tracks are done. */
  readonly onProgress?: (done: number) => void;
}

/**
 * The same columns as `features`, computed by a pool of workers (Node's worker threads, or Web Workers). Each worker is
 * given the next run of tracks when it has finished one; positions that lie in a SharedArrayBuffer are not copied.
 *
 * A feature of one's own is given by its module, since a function cannot be sent to a worker.
 *
 * Throws what `features` throws, and a WorkerError of `@diffusion/workers` when a worker does not start, dies or falls silent.
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
  const columns = names.map(() => new Float64Array(tracks.count));
  if (runs.length > 0) {
    const { createWorker, startLimit, patience, onProgress } = options;
    const count = Math.min(workers, runs.length);
    const pool = startPool<Setup, RunOfTracks, readonly Float64Array[]>({
      script: featuresScript,
      workers: count,
      setup: { features: sent },
      createWorker,
      startLimit,
      patience,
    });
    try {
      await computeRuns(tracks, runs, pool, count, columns, onProgress);
    } catch (error) {
      throw asThrown(error);
    } finally {
      await pool.close();
    }
  }
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
  startLimit: true,
  patience: true,
  onProgress: true,
} as const;

async function computeRuns(
  tracks: Tracks,
  runs: readonly [number, number][],
  pool: Pool<RunOfTracks, readonly Float64Array[]>,
  workers: number,
  columns: readonly Float64Array[],
  onProgress: (done: number) => void = () => {},
): Promise<void> {
  let next = 0;
  let done = 0;
  // A run is cut out of the set when a worker is there to take it.
  const lead = async (): Promise<void> => {
    while (next < runs.length) {
      const [from, to] = runs[next++];
      const run = runOf(tracks, from, to);
      const found = await pool.run(run);
      for (const [f, column] of columns.entries()) column.set(found[f], from);
      done += to - from;
      onProgress(done);
    }
  };
  await Promise.all(Array.from({ length: workers }, lead));
}

/** The error that `features` throws, where that is what a worker threw. */
export function asThrown(error: unknown): unknown {
  const { cause } = error as Error;
  return cause instanceof Error && cause.name === 'FeaturesError'
    ? new FeaturesError(cause.message)
    : error;
}
