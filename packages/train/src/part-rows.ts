import { deriveSeed, permutation } from '@diffusion/random';
import { type Columns, columnValue, isTextColumn, type TextColumn } from '@diffusion/tracks';
import { TrainError } from './errors.ts';

/** What is parted by rows, tracks or images: how many there are, their labels and what else is known of each. */
export interface Rows {
  /** What they are called in messages. */
  readonly what: 'tracks' | 'images';
  readonly count: number;
  /** Absent where they have none: then they are of one kind. */
  readonly label?: TextColumn;
  readonly columns: Columns;
}

/** Rows with what is known of each in columns, the label in one of that name. */
export function rowsOf(what: Rows['what'], count: number, columns: Columns): Rows {
  const { label } = columns;
  return { what, count, columns, ...(label && isTextColumn(label) && { label }) };
}

/**
 * Rows in parts, each with the same shares of the labels (stratified) and in ascending order.
 *
 * @param shares of the parts, positive, with sum 1.
 */
export function splitRows(
  { count, label }: Rows,
  shares: readonly number[],
  seed: number,
): number[][] {
  const strata = new Map<number, number[]>();
  for (let i = 0; i < count; i++) {
    const stratum = label ? label.codes[i] : 0;
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
  return parts.map((rows) => rows.sort((a, b) => a - b));
}

/** The rows of each fold, as `foldsOf` parts tracks. Throws {@link TrainError} as it does. */
export function foldRows(
  rows: Rows,
  {
    folds,
    seed,
    group,
  }: { readonly folds: number; readonly seed: number; readonly group?: string },
): number[][] {
  // The caller may have split off a test set with the same seed.
  const ofFolds = deriveSeed(seed, 'folds');
  return group === undefined ? byLabel(rows, folds, ofFolds) : byGroup(rows, folds, ofFolds, group);
}

function byLabel(rows: Rows, folds: number, seed: number): number[][] {
  const [rarest, count] = rarestLabel(rows);
  if (count < folds) {
    throw new TrainError(
      `folds is ${folds}: expected at most ${count}, the number of ${rows.what}${rarest}`,
    );
  }
  return splitRows(rows, new Array(folds).fill(1 / folds), seed);
}

function byGroup(rows: Rows, folds: number, seed: number, group: string): number[][] {
  const groups = groupsOf(rows, group);
  if (groups.length < folds) {
    throw new TrainError(
      `folds is ${folds}: expected at most ${groups.length}, the number of different values in the column ${group}`,
    );
  }
  return handedOut(rows, groups, new Array(folds).fill(1), seed);
}

/** Rows in parts of whole groups, as `splitGroups` parts tracks. Throws {@link TrainError} as it does. */
export function splitGroupRows(
  rows: Rows,
  shares: readonly number[],
  seed: number,
  group: string,
): number[][] {
  const groups = groupsOf(rows, group);
  if (groups.length < shares.length) {
    throw new TrainError(
      `group is '${group}': expected a column with at least ${shares.length} different values, one for each part; it has ${groups.length}`,
    );
  }
  const sizes = shares.map((share) => share * shares.length);
  return handedOut(rows, groups, sizes, seed);
}

/** The rows with the same in a column. */
function groupsOf({ what, count, columns }: Rows, group: string): number[][] {
  const column = Object.hasOwn(columns, group) ? columns[group] : undefined;
  if (!column) {
    throw new TrainError(
      `group is '${group}': expected a column of the ${what}, one of ${Object.keys(columns).join(', ') || 'none'}`,
    );
  }
  const members = new Map<string, number[]>();
  for (let i = 0; i < count; i++) {
    const key = String(columnValue(column, i));
    const rows = members.get(key);
    if (rows) rows.push(i);
    else members.set(key, [i]);
  }
  return [...members.values()];
}

/** @param sizes of the parts, 1 for those of the average size. */
function handedOut(
  { count, label }: Rows,
  all: readonly number[][],
  sizes: readonly number[],
  seed: number,
): number[][] {
  const codes = label?.codes ?? new Uint32Array(count);
  const labels = label?.dictionary.length ?? 1;
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
  return rows.map((row) => row.sort((a, b) => a - b));
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

/** The label with the fewest rows, as a message names it, and their number; of rows without labels, all of them. */
function rarestLabel({ count, label }: Rows): [name: string, count: number] {
  if (!label) return ['', count];
  const counts = new Map<number, number>();
  for (const code of label.codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const [[code, fewest]] = [...counts].sort(([, a], [, b]) => a - b);
  return [` with label '${label.dictionary[code]}'`, fewest];
}
