import { EvaluationError } from '../errors.ts';

/** The tracks whose value lies in [from, to). */
export interface RowBin {
  readonly from: number;
  readonly to: number;
  readonly rows: Uint32Array;
}

/**
 * Sorts tracks into bins by a value per track (length, SNR, true α, …), for a metric against that value. Bin k is
 * [edges[k], edges[k + 1]), the last one closed; tracks outside, or without a value (NaN), are in none.
 *
 * Throws {@link EvaluationError} unless the edges are at least two and increasing.
 *
 * @example
 * binRows(lengths, [10, 50, 200, 1000]).map(({ from, to, rows }) =>
 *   ({ from, to, accuracy: classificationMetrics({ actual, predicted, classes, rows }).accuracy }));
 */
export function binRows(values: ArrayLike<number>, edges: ArrayLike<number>): RowBin[] {
  if (edges.length < 2) {
    throw new EvaluationError(`edges has ${edges.length} numbers: expected at least 2`);
  }
  for (let k = 1; k < edges.length; k++) {
    if (!(edges[k] > edges[k - 1])) {
      throw new EvaluationError(
        `edges[${k}] is ${edges[k]}: expected more than edges[${k - 1}] = ${edges[k - 1]}`,
      );
    }
  }
  const last = edges.length - 2;
  const bins = Array.from({ length: last + 1 }, (): number[] => []);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!(value >= edges[0] && value <= edges[last + 1])) continue;
    let k = 0;
    while (k < last && value >= edges[k + 1]) k++;
    bins[k].push(i);
  }
  return bins.map((rows, k) => ({
    from: edges[k],
    to: edges[k + 1],
    rows: Uint32Array.from(rows),
  }));
}
