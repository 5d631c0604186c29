import { checkSeed, permutation } from '@diffusion/random';
import { type DataSet, dataSet, isPlainSpecification } from '@diffusion/simulate';
import { joinTracks, type Tracks } from '@diffusion/tracks';
import { checkWhole } from '../check-whole.ts';
import { TrainError } from '../errors.ts';
import type { FoldSpecification, TrackSource } from '../source.ts';

/** Tracks that keep their neighbours in every order: they are simulated together. */
const together = 32;

/** A fold of a simulated data set: its tracks from `from` to `to` − 1. */
export interface FoldRange {
  readonly from: number;
  readonly to: number;
}

/**
 * The tracks of fold `fold` (from 1) of `folds`: as they depend on their number alone, and labels are shuffled over the
 * numbers, a stretch of them is as good as any.
 *
 * Throws {@link TrainError} for less than two folds, for one that there is not, and for fewer tracks than folds.
 */
export function foldRange(count: number, folds: number, fold: number): FoldRange {
  checkWhole('folds', folds, 2);
  checkWhole('fold', fold, 1);
  if (fold > folds) throw new TrainError(`fold is ${fold}: expected at most folds, ${folds}`);
  if (count < folds) throw new TrainError(`folds is ${folds}: expected at most ${count} tracks`);
  return {
    from: Math.floor((count * (fold - 1)) / folds),
    to: Math.floor((count * fold) / folds),
  };
}

/**
 * The tracks of a simulated data set that are not in a fold, all of them in every epoch, in an order keyed by (seed, epoch).
 * They are simulated whenever they are needed, {@link together} at a time, so that millions take no memory.
 *
 * Throws {@link TrainError} as {@link foldRange} does.
 *
 * @example
 * const set = andi2020({ task: 2, dim: 1, count: 100_000, seed: 1, length: 100 });
 * const source = foldTracks({ dataSet: set.specification, folds: 5, fold: 1, seed: 1 }); // 80,000 tracks per epoch
 */
export function foldTracks(specification: FoldSpecification): TrackSource {
  const { folds, fold, seed } = specification;
  checkSeed(seed, TrainError);
  const set: DataSet = dataSet(specification.dataSet);
  const { from: first, to: last } = foldRange(set.count, folds, fold);
  const perEpoch = set.count - (last - first);
  const blocks = Math.floor(perEpoch / together);
  /** Tracks `from` … `to` − 1 of those outside of the fold. */
  const outside = (from: number, to: number): Tracks[] => {
    const skipped = last - first;
    return [
      [from, Math.min(to, first)],
      [Math.max(from, first) + skipped, to + skipped],
    ].flatMap(([a, b]) => (a < b ? [set.generate(a, b)] : []));
  };
  return {
    perEpoch,
    lengths: set.lengths,
    ...(isPlainSpecification(specification.dataSet) && { specification }),
    take(epoch, from, to) {
      const place = permutation(Math.max(1, blocks), seed, 'order', epoch);
      const parts: Tracks[] = [];
      for (let at = from; at < to; ) {
        const block = Math.floor(at / together);
        const end = Math.min(to, (block + 1) * together);
        // What is left over after the last whole block stays at the end.
        const shift = block < blocks ? (place(block) - block) * together : 0;
        parts.push(...outside(at + shift, end + shift));
        at = end;
      }
      return parts.length === 1 ? parts[0] : joinTracks(parts);
    },
  };
}
