import type { Tracks } from '@diffusion/tracks';
import { EvaluationError } from '../../errors.ts';

/**
 * The *n* points of each track that speak most for its answer (Benitez 2023 marks 25): places in the track, the most relevant one
 * first; fewer where a track is shorter, none for a track that is not explained.
 *
 * @param points a number per point of the tracks.
 *
 * @example
 * const [first] = mostRelevantPoints(tracks, points, 25); // Uint32Array of 25 places in track 0
 */
export function mostRelevantPoints(
  tracks: Pick<Tracks, 'count' | 'offsets' | 'pointCount'>,
  points: ArrayLike<number>,
  n: number,
): Uint32Array[] {
  if (points.length !== tracks.pointCount) {
    throw new EvaluationError(
      `points has ${points.length} numbers: expected one per point of the tracks, ${tracks.pointCount}`,
    );
  }
  if (!(Number.isInteger(n) && n >= 1)) {
    throw new EvaluationError(`n is ${n}: expected an integer of at least 1`);
  }
  return Array.from({ length: tracks.count }, (_, row) => {
    const own = relevanceOf(tracks, points, row);
    return own.some(Number.isNaN) ? new Uint32Array(0) : orderOf(own).slice(0, n);
  });
}

/** The numbers of one track. */
export const relevanceOf = (
  { offsets }: Pick<Tracks, 'offsets'>,
  points: ArrayLike<number>,
  row: number,
): Float64Array =>
  Float64Array.from(
    { length: offsets[row + 1] - offsets[row] },
    (_, i) => points[offsets[row] + i],
  );

/** Places from the largest number to the least, of equal ones the first one first. */
export const orderOf = (values: ArrayLike<number>): Uint32Array =>
  Uint32Array.from(values, (_, i) => i).sort((a, b) => values[b] - values[a] || a - b);
