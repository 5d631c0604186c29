import { checkSeed, keyedRandom } from '@diffusion/random';
import { checkOptions } from '@diffusion/tracks/messages';
import { checkWhole } from '../check-whole.ts';
import { TrainError } from '../errors.ts';
import { largestCount, membersOfClasses } from './class-counts.ts';

/** What {@link smote} is told. */
export interface SmoteOptions {
  /** Neighbours of a row among which one is chosen, k; 5 if left out. */
  readonly neighbours?: number;
  readonly seed: number;
}

/** Rows of features with a class each. */
export interface LabelledRows {
  readonly rows: number[][];
  readonly codes: Int32Array;
}

/**
 * Makes every class as large as the largest one by rows that lie between those that there are (SMOTE, Chawla et al., J. Artif.
 * Intell. Res. 16, 321 (2002), as imbalanced-learn has it): a row of the class is drawn, one of its k nearest neighbours in the
 * class, and a place on the line between the two, each uniformly. Distances are Euclidean, so features of different scales should
 * be standardised first. For classical classifiers: the pixels or points between two images or tracks are neither.
 *
 * @param rows features, a row per member.
 * @param codes class of each.
 *
 * Throws `TrainError` for rows of different lengths or with a number that is not finite, for other numbers of rows and codes,
 * and for a class that is to grow and has no more members than neighbours.
 *
 * @returns the rows as they are, in their order, and the new ones behind them, class by class.
 *
 * @example
 * const { rows, codes } = smote(features, labels, { seed: 1 });
 * fitForest(rows, codes, { seed: 1 });
 */
export function smote(
  rows: readonly ArrayLike<number>[],
  codes: ArrayLike<number>,
  options: SmoteOptions,
): LabelledRows {
  const all = rows.map((row) => Array.from(row));
  const classes = Array.from(codes);
  for (const { code, from, to, share } of smotePlaces(rows, codes, options)) {
    all.push(all[from].map((value, k) => value + share * (rows[to][k] - value)));
    classes.push(code);
  }
  return { rows: all, codes: Int32Array.from(classes) };
}

/** A row that lies between two of a class: at `from` + `share` (`to` − `from`). */
export interface PlaceBetween {
  readonly code: number;
  readonly from: number;
  readonly to: number;
  readonly share: number;
}

/** Where the new rows of {@link smote} lie. Throws as it does. */
export function smotePlaces(
  rows: readonly ArrayLike<number>[],
  codes: ArrayLike<number>,
  options: SmoteOptions,
): PlaceBetween[] {
  checkOptions<SmoteOptions>('smote', options, { neighbours: true, seed: true }, TrainError);
  const { neighbours = 5, seed } = options;
  checkWhole('neighbours', neighbours, 1);
  checkSeed(seed, TrainError);
  checkRows(rows, codes);
  const members = membersOfClasses(codes);
  const most = largestCount(members);
  const places: PlaceBetween[] = [];
  for (const [code, own] of members) {
    if (own.length === most) continue;
    if (own.length <= neighbours) {
      throw new TrainError(
        `class ${code} has ${own.length} rows: expected more than neighbours, ${neighbours}`,
      );
    }
    const random = keyedRandom(seed, 'smote', code);
    const near = new Map<number, number[]>();
    for (let i = own.length; i < most; i++) {
      const from = own[random.integerBelow(own.length)];
      const known = near.get(from) ?? nearest(rows, own, from, neighbours);
      near.set(from, known);
      const to = known[random.integerBelow(neighbours)];
      places.push({ code, from, to, share: random.uniform() });
    }
  }
  return places;
}

/** The members of a class that are nearest to one of it; of those as near, the first. */
function nearest(
  rows: readonly ArrayLike<number>[],
  own: readonly number[],
  from: number,
  count: number,
): number[] {
  const distances = own.map((place): readonly [number, number] => {
    let sum = 0;
    for (let k = 0; k < rows[from].length; k++) sum += (rows[place][k] - rows[from][k]) ** 2;
    return [place === from ? Number.POSITIVE_INFINITY : sum, place];
  });
  distances.sort(([a, i], [b, j]) => (a === b ? i - j : a - b));
  return distances.slice(0, count).map(([, place]) => place);
}

function checkRows(rows: readonly ArrayLike<number>[], codes: ArrayLike<number>): void {
  if (rows.length !== codes.length) {
    throw new TrainError(
      `there are ${rows.length} rows and ${codes.length} codes: expected as many`,
    );
  }
  for (const [i, row] of rows.entries()) {
    if (row.length !== rows[0].length) {
      throw new TrainError(`rows[${i}] has ${row.length} numbers: expected ${rows[0].length}`);
    }
    for (let k = 0; k < row.length; k++) {
      if (Number.isFinite(row[k])) continue;
      throw new TrainError(`rows[${i}][${k}] is ${row[k]}: expected a finite number`);
    }
  }
}
