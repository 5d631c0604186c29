import type { Tracks } from '@diffusion/tracks';
import { checkOptions } from '@diffusion/tracks/messages';
import { availableCores, startPool, type WorkerStart } from '@diffusion/workers';
import type { FeatureName } from '../catalogue.ts';
import { FeaturesError } from '../errors.ts';
import { type FeatureChoice, type FeatureColumns, SELECTION } from '../features.ts';
import type { FeatureSetName } from '../sets.ts';
import { showFeatures } from '../show-features.ts';
import { featuresScript } from './features-script.ts';
import type { RunOfTracks, Setup } from './message.ts';
import { overRuns } from './over-runs.ts';
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
    await overRuns(pool, count, runs, {
      task: (from, to) => runOf(tracks, from, to),
      keep: (found, place) => {
        for (const [f, column] of columns.entries()) column.set(found[f], runs[place][0]);
      },
      onProgress,
    });
  }
  return showFeatures(
    Object.fromEntries(names.map((name, f) => [name, columns[f]])),
  ) as FeatureColumns<Choice, Set>;
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
