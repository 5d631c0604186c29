import type { Tracks } from '@diffusion/tracks';
import { checkOptions, checkTracks } from '@diffusion/tracks/messages';
import { availableCores, startPool, type WorkerStart } from '@diffusion/workers';
import { FeaturesError } from '../errors.ts';
import { errorColumnsOf, type MotionEstimate } from '../posterior/estimate-motion.ts';
import {
  checkMotionOptions,
  MOTION_OPTIONS,
  type MotionOptions,
} from '../posterior/motion-options.ts';
import { showEstimates } from '../posterior/show-estimates.ts';
import { estimatesScript } from './estimates-script.ts';
import type { RunWithErrors } from './message.ts';
import { overRuns } from './over-runs.ts';
import { atLeastOne, cutRuns, runOf } from './runs-of-tracks.ts';

/** Options of {@link parallelMotionEstimates}. */
export interface ParallelMotionOptions extends MotionOptions, WorkerStart {
  /** Number of workers; as many as there are cores unless told. */
  readonly workers?: number;
  /** Points that a worker is given at a time, in whole tracks; default 5,000. */
  readonly points?: number;
  /** Told after each run how many tracks are done. */
  readonly onProgress?: (done: number) => void;
}

const KNOWN = {
  ...MOTION_OPTIONS,
  workers: true,
  points: true,
  createWorker: true,
  startLimit: true,
  patience: true,
  onProgress: true,
} as const;

/**
 * What `motionEstimates` gives, the same bits, by a pool of workers (Node's worker threads, or Web Workers).
 *
 * Throws what `motionEstimates` throws, and a WorkerError of `@diffusion/workers` when a worker does not start, dies or falls
 * silent.
 *
 * @example
 * const estimates = await parallelMotionEstimates(tracks, { exposure: 1, workers: 4 });
 */
export async function parallelMotionEstimates(
  tracks: Tracks,
  options: ParallelMotionOptions = {},
): Promise<MotionEstimate[]> {
  checkOptions<ParallelMotionOptions>('parallelMotionEstimates', options, KNOWN, FeaturesError);
  const { workers, points, createWorker, startLimit, patience, onProgress, ...motion } = options;
  checkMotionOptions('parallelMotionEstimates', motion);
  checkTracks(tracks, FeaturesError);
  const runs = cutRuns(tracks, atLeastOne('points', points ?? 5_000));
  const count = Math.min(atLeastOne('workers', workers ?? availableCores()), runs.length);
  if (count === 0) return [];
  const columns = errorColumnsOf(tracks, motion) ?? {};
  const pool = startPool<MotionOptions, RunWithErrors, readonly MotionEstimate[]>({
    script: estimatesScript,
    workers: count,
    setup: motion,
    createWorker,
    startLimit,
    patience,
  });
  const found: (readonly MotionEstimate[])[] = new Array(runs.length);
  await overRuns(pool, count, runs, {
    task: (from, to) => {
      const [begin, end] = [tracks.offsets[from], tracks.offsets[to]];
      const errors = Object.fromEntries(
        Object.entries(columns).map(([name, column]) => [name, column.slice(begin, end)]),
      );
      return { ...runOf(tracks, from, to), errors };
    },
    keep: (estimates, place) => {
      found[place] = estimates;
    },
    onProgress,
  });
  return showEstimates(found.flat(), tracks);
}
