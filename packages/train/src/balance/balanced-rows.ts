import { TrainError } from '../errors.ts';
import type { BalanceRecipe } from './balance-recipe.ts';
import { largestCount, membersOfClasses } from './class-counts.ts';
import { oversampled } from './oversampled.ts';
import { smotePlaces } from './smote.ts';
import { undersampled } from './undersampled.ts';

/** Rows of features with a class each; NaN is a feature that is undefined. */
export interface FeatureRows {
  readonly rows: readonly ArrayLike<number>[];
  readonly codes: Int32Array;
}

/**
 * Rows of features with classes of one size, of tracks or of images, for a classical classifier. SMOTE looks for neighbours among features that are
 * made standard, an undefined one at the mean; what is undefined in a row or its neighbour is in a new row as in the row.
 *
 * Throws {@link TrainError} for a class of which there are too few rows.
 *
 * @param classes their names, for messages.
 *
 * @example
 * const { rows } = imageFeatureRows(images);
 * const balanced = balancedRows({ rows, codes: Int32Array.from(labels.codes) }, { kind: 'smote' }, 1, labels.dictionary);
 */
export function balancedRows(
  { rows, codes }: FeatureRows,
  { kind, share, neighbours = 5 }: BalanceRecipe,
  seed: number,
  classes: readonly string[],
): FeatureRows {
  if (kind === 'oversample' || kind === 'undersample') {
    const places =
      kind === 'oversample' ? oversampled(codes, seed, 0) : undersampled(codes, seed, 0, share);
    return {
      rows: Array.from(places, (place) => rows[place]),
      codes: Int32Array.from(places, (place) => codes[place]),
    };
  }
  const members = membersOfClasses(codes);
  const most = largestCount(members);
  for (const [code, { length }] of members) {
    if (length === most || length > neighbours) continue;
    throw new TrainError(
      `balance.neighbours is ${neighbours}: expected fewer than the ${length} tracks of ${classes[code]}`,
    );
  }
  const between = smotePlaces(standard(rows), codes, { neighbours, seed });
  const added = between.map(({ from, to, share }) =>
    Float64Array.from(rows[from], (value, k) => {
      const way = share * (rows[to][k] - value);
      return Number.isNaN(way) ? value : value + way;
    }),
  );
  return {
    rows: [...rows, ...added],
    codes: Int32Array.from([...codes, ...between.map(({ code }) => code)]),
  };
}

/** Columns of mean 0 and deviation 1, undefined ones at the mean. */
function standard(rows: readonly ArrayLike<number>[]): Float64Array[] {
  const scales = Array.from(rows[0] ?? [], (_, k) => {
    const known = Array.from(rows, (row) => row[k]).filter((x) => !Number.isNaN(x));
    const mean = known.reduce((sum, x) => sum + x, 0) / Math.max(1, known.length);
    const square = known.reduce((sum, x) => sum + (x - mean) ** 2, 0);
    return { mean, deviation: Math.sqrt(square / Math.max(1, known.length)) || 1 };
  });
  return rows.map((row) =>
    Float64Array.from(scales, ({ mean, deviation }, k) =>
      Number.isNaN(row[k]) ? 0 : (row[k] - mean) / deviation,
    ),
  );
}
