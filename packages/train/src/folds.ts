import { checkSeed, deriveSeed } from '@diffusion/random';
import { joinTracks, selectTracks, type Tracks } from '@diffusion/tracks';
import { checkWhole } from './check-whole.ts';
import { TrainError } from './errors.ts';
import { foldRows, rowsOf, splitGroupRows } from './part-rows.ts';

/** What {@link foldsOf} is told. */
export interface FoldsOptions {
  /** How many, 2 at least. */
  readonly folds: number;
  /** Decides which track goes where. */
  readonly seed: number;
  /** A column per track: tracks that have the same there stay in one fold. */
  readonly group?: string;
}

/** One fold of a cross-validation. */
export interface Fold {
  /** The tracks of all other folds, joined anew whenever they are asked for. */
  readonly training: Tracks;
  /** The tracks of this one. */
  readonly validation: Tracks;
  /** For the weights, the order and whatever else is drawn in it. */
  readonly seed: number;
}

/**
 * Parts tracks into folds with the same shares of the labels, as near as that can be where groups stay whole: tracks of
 * one file share a microscope and a day, and a model that has seen some of them has an easier time with the others.
 *
 * Groups are handed out from the largest on, each to the fold in which the shares of the labels then differ least between
 * the folds; which of two that are alike comes first is drawn.
 *
 * Throws {@link TrainError} for less than two folds, for more than the tracks of the rarest label or the groups can fill,
 * and for a column that there is not.
 *
 * @example
 * for (const { training, validation, seed } of foldsOf(tracks, { folds: 5, seed: 1, group: 'file' })) { … }
 */
export function foldsOf(tracks: Tracks, { folds, seed, group }: FoldsOptions): Fold[] {
  checkWhole('folds', folds, 2);
  checkSeed(seed, TrainError);
  const parts = foldRows(rowsOf('tracks', tracks.count, tracks.trackColumns), {
    folds,
    seed,
    ...(group !== undefined && { group }),
  }).map((rows) => selectTracks(tracks, rows));
  return parts.map((validation, k) => ({
    get training() {
      return joinTracks(parts.filter((_, other) => other !== k));
    },
    validation,
    seed: deriveSeed(seed, 'fold', k + 1),
  }));
}

/**
 * Parts tracks by whole groups: no two parts have tracks with the same in a column. The parts come as near to their shares,
 * of every label, as the groups allow; none is empty.
 *
 * Throws {@link TrainError} for a column that there is not and for fewer groups than parts.
 *
 * @param shares of the parts, positive, with sum 1.
 * @param seed decides which group goes where.
 *
 * @example
 * const [training, test] = splitGroups(tracks, [0.85, 0.15], 1, 'file');
 */
export function splitGroups(
  tracks: Tracks,
  shares: readonly number[],
  seed: number,
  group: string,
): Tracks[] {
  const rows = rowsOf('tracks', tracks.count, tracks.trackColumns);
  return splitGroupRows(rows, shares, seed, group).map((part) => selectTracks(tracks, part));
}
