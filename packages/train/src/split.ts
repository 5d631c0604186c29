import { checkSeed } from '@diffusion/random';
import { selectTracks, type Tracks } from '@diffusion/tracks';
import { TrainError } from './errors.ts';
import { rowsOf, splitRows } from './part-rows.ts';

/**
 * Splits tracks into parts, each with the same shares of the labels where there is a column `label` (stratified).
 *
 * @param shares of the parts, positive, with sum 1.
 * @param seed decides which track goes where.
 *
 * Throws {@link TrainError} for shares that are not so and a seed that is no safe integer.
 *
 * @example
 * const [training, validation, test] = splitTracks(tracks, [0.7, 0.15, 0.15], 1);
 */
export function splitTracks(tracks: Tracks, shares: readonly number[], seed: number): Tracks[] {
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (!shares.every((share) => share > 0) || Math.abs(total - 1) > 1e-9) {
    throw new TrainError(`shares are ${shares.join(', ')}: expected positive numbers with sum 1`);
  }
  checkSeed(seed, TrainError);
  const rows = rowsOf('tracks', tracks.count, tracks.trackColumns);
  return splitRows(rows, shares, seed).map((part) => selectTracks(tracks, part));
}
