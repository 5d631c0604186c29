import {
  type MotionEstimate,
  type MotionOptions,
  motionEstimates,
  parallelMotionEstimates,
} from '@diffusion/features';
import type { Tracks } from '@diffusion/tracks';
import { withBar } from './with-bar.ts';

/** From so many points on, all cores are used: starting workers takes about as long as this. */
const pointsWorthWorkers = 5_000;

/** D, α and σ of every track, on all cores where there is enough to do, with a progress bar; Ctrl-C ends it. */
export async function estimateTracks(
  tracks: Tracks,
  options: MotionOptions,
): Promise<MotionEstimate[]> {
  if (tracks.pointCount <= pointsWorthWorkers) return motionEstimates(tracks, options);
  return withBar('estimating', tracks.count, (onProgress) =>
    parallelMotionEstimates(tracks, { ...options, onProgress }),
  );
}
