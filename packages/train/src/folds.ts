import { checkSeed, deriveSeed, permutation } from '@diffusion/random';
import {
  columnValue,
  isTextColumn,
  joinTracks,
  selectTracks,
  type Tracks,
} from '@diffusion/tracks';
import { checkWhole } from './check-whole.ts';
import { TrainError } from './errors.ts';
import { splitTracks } from './split.ts';

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
  // The caller may have split off a test set with the same seed.
  const ofFolds = deriveSeed(seed, 'folds');
  const parts =
    group === undefined ? byLabel(tracks, folds, ofFolds) : byGroup(tracks, folds, ofFolds, group);
  return parts.map((validation, k) => ({
    get training() {
      return joinTracks(parts.filter((_, other) => other !== k));
    },
    validation,
    seed: deriveSeed(seed, 'fold', k + 1),
  }));
}

function byLabel(tracks: Tracks, folds: number, seed: number): Tracks[] {
  const [rarest, count] = rarestLabel(tracks);
  if (count < folds) {
    throw new TrainError(
      `folds is ${folds}: expected at most ${count}, the number of tracks${rarest}`,
    );
  }
  return splitTracks(tracks, new Array(folds).fill(1 / folds), seed);
}

function byGroup(tracks: Tracks, folds: number, seed: number, group: string): Tracks[] {
  const groups = groupsOf(tracks, group);
  if (groups.length < folds) {
    throw new TrainError(
      `folds is ${folds}: expected at most ${groups.length}, the number of different values in the column ${group}`,
    );
  }
  return handedOut(tracks, groups, new Array(folds).fill(1), seed);
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
  const groups = groupsOf(tracks, group);
  if (groups.length < shares.length) {
    throw new TrainError(
      `group is '${group}': expected a column with at least ${shares.length} different values, one for each part; it has ${groups.length}`,
    );
  }
  const sizes = shares.map((share) => share * shares.length);
  return handedOut(tracks, groups, sizes, seed);
}

/** The tracks with the same in a column, by their numbers. */
function groupsOf(tracks: Tracks, group: string): number[][] {
  const column = Object.hasOwn(tracks.trackColumns, group) ? tracks.trackColumns[group] : undefined;
  if (!column) {
    throw new TrainError(
      `group is '${group}': expected a column of the tracks, one of ${Object.keys(tracks.trackColumns).join(', ') || 'none'}`,
    );
  }
  const rowsOf = new Map<string, number[]>();
  for (let i = 0; i < tracks.count; i++) {
    const key = String(columnValue(column, i));
    const rows = rowsOf.get(key);
    if (rows) rows.push(i);
    else rowsOf.set(key, [i]);
  }
  return [...rowsOf.values()];
}

/** @param sizes of the parts, 1 for those of the average size. */
function handedOut(
  tracks: Tracks,
  all: readonly number[][],
  sizes: readonly number[],
  seed: number,
): Tracks[] {
  const label = tracks.trackColumns.label;
  const codes = label && isTextColumn(label) ? label.codes : new Uint32Array(tracks.count);
  const labels = label && isTextColumn(label) ? label.dictionary.length : 1;
  const place = permutation(all.length, seed, 'split');
  const groups = all.map((_, i) => all[place(i)]);
  groups.sort((a, b) => b.length - a.length);
  const counts = sizes.map(() => new Float64Array(labels));
  const rows = counts.map((): number[] => []);
  const totals = new Float64Array(labels);
  for (const code of codes) totals[code]++;
  for (const [g, members] of groups.entries()) {
    const left = groups.length - g;
    const empty = rows.filter((row) => row.length === 0).length;
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let k = 0; k < sizes.length; k++) {
      // No part stays empty.
      if (left <= empty && rows[k].length > 0) continue;
      const spread = spreadWith(counts, sizes, totals, k, members, codes);
      if (spread < least) [best, least] = [k, spread];
    }
    for (const i of members) {
      counts[best][codes[i]]++;
      rows[best].push(i);
    }
  }
  return rows.map((row) =>
    selectTracks(
      tracks,
      row.sort((a, b) => a - b),
    ),
  );
}

/** How unlike the folds would be with a group in fold `k`: variances of each label's shares, summed. */
function spreadWith(
  counts: readonly Float64Array[],
  sizes: readonly number[],
  totals: Float64Array,
  k: number,
  members: readonly number[],
  codes: ArrayLike<number>,
): number {
  const added = new Float64Array(totals.length);
  for (const i of members) added[codes[i]]++;
  let spread = 0;
  for (let label = 0; label < totals.length; label++) {
    if (totals[label] === 0) continue;
    let sum = 0;
    let squares = 0;
    for (const [fold, count] of counts.entries()) {
      const share = (count[label] + (fold === k ? added[label] : 0)) / totals[label] / sizes[fold];
      sum += share;
      squares += share * share;
    }
    spread += squares / counts.length - (sum / counts.length) ** 2;
  }
  return spread;
}

/** The label with the fewest tracks, as a message names it, and their number; of tracks without labels, all of them. */
function rarestLabel(tracks: Tracks): [name: string, count: number] {
  const { label } = tracks.trackColumns;
  if (!label || !isTextColumn(label)) return ['', tracks.count];
  const counts = new Map<number, number>();
  for (const code of label.codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const [[code, count]] = [...counts].sort(([, a], [, b]) => a - b);
  return [` with label '${label.dictionary[code]}'`, count];
}
