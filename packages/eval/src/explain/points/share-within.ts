import type { Tracks } from '@diffusion/tracks';
import { relevanceOf } from './relevant-points.ts';

/**
 * How much of the relevance of each track lies on chosen points: the share of the sum of what is positive there, 0 to 1; NaN for a
 * track that is not explained or has nothing positive. Where the points that matter are known (a burst of other motion)
 * it is to be compared with their share of the points.
 *
 * @param points a number per point of the tracks.
 * @param chosen 1 per point that counts.
 *
 * @example
 * const [share] = shareWithin(tracks, points, tracks.pointColumns.burst);
 */
export function shareWithin(
  tracks: Tracks,
  points: ArrayLike<number>,
  chosen: ArrayLike<number>,
): Float64Array {
  return Float64Array.from({ length: tracks.count }, (_, row) => {
    const own = relevanceOf(tracks, points, row);
    let [inside, all] = [0, 0];
    own.forEach((value, i) => {
      const positive = value > 0 || Number.isNaN(value) ? value : 0;
      all += positive;
      if (chosen[tracks.offsets[row] + i]) inside += positive;
    });
    return all > 0 ? inside / all : Number.NaN;
  });
}
