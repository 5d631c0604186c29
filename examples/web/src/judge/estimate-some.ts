import {
  type MotionEstimate,
  type MotionOptions,
  parallelMotionEstimates,
} from '@diffusion/features';
import estimatesUrl from '@diffusion/features/estimates-worker?worker&url';
import { selectTracks, type Tracks } from '@diffusion/tracks';
import { confinedWorker } from '../engine/confined-worker.ts';
import type { SomeEstimates } from '../engine/engine-types.ts';

/** Tracks of a part, of which the page is told together: of any part, the medians are those of all. */
const PART = 400;

/**
 * D, α and σ of tracks, evenly spread ones first, so that what is known of a part holds for all.
 *
 * @param most how many are estimated at most.
 * @param known what is known already; what is found goes into it.
 */
export async function estimateSome(
  tracks: Tracks,
  most: number,
  known: (MotionEstimate | undefined)[],
  tell: (some: SomeEstimates) => void = () => {},
): Promise<void> {
  const parts = Math.ceil(tracks.count / PART);
  let done = 0;
  for (let part = 0; part < parts && done < most; part++) {
    const rows: number[] = [];
    for (let i = part; i < tracks.count && done + rows.length < most; i += parts) {
      if (!known[i]) rows.push(i);
    }
    if (rows.length === 0) continue;
    const estimates = await estimateTracks(selectTracks(tracks, rows));
    done += rows.length;
    rows.forEach((row, k) => {
      known[row] = estimates[k];
    });
    tell({ rows: Uint32Array.from(rows), estimates });
  }
}

/** On all cores. */
export const estimateTracks = (
  tracks: Tracks,
  known: Pick<MotionOptions, 'sigma' | 'exposure'> = {},
): Promise<MotionEstimate[]> =>
  parallelMotionEstimates(tracks, {
    ...known,
    points: 2_000,
    createWorker: () => confinedWorker(estimatesUrl),
  });
