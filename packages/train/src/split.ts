import { checkSeed, permutation } from '@diffusion/random';
import { isTextColumn, selectTracks, type Tracks } from '@diffusion/tracks';
import { TrainError } from './errors.ts';

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
  const label = tracks.trackColumns.label;
  const strata = new Map<number, number[]>();
  for (let i = 0; i < tracks.count; i++) {
    const stratum = label && isTextColumn(label) ? label.codes[i] : 0;
    if (!strata.has(stratum)) strata.set(stratum, []);
    strata.get(stratum)!.push(i);
  }
  const parts = shares.map((): number[] => []);
  for (const [stratum, rows] of strata) {
    const place = permutation(rows.length, seed, 'split', stratum);
    let part = 0;
    let edge = shares[0];
    for (let i = 0; i < rows.length; i++) {
      while (part + 1 < shares.length && i >= Math.round(edge * rows.length))
        edge += shares[++part];
      parts[part].push(rows[place(i)]);
    }
  }
  return parts.map((rows) =>
    selectTracks(
      tracks,
      rows.sort((a, b) => a - b),
    ),
  );
}
