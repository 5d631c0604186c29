import { EvaluationError } from '../errors.ts';

/** Confusion matrices of several trainings, averaged. */
export interface AveragedConfusion {
  /** Mean number of tracks in each cell. */
  readonly counts: readonly (readonly number[])[];
  /** Mean share of each true class (row); NaN for a class that no matrix has. */
  readonly shares: readonly (readonly number[])[];
  /** Standard deviation of that share between the matrices (n − 1); NaN for less than two. */
  readonly deviations: readonly (readonly number[])[];
}

/**
 * The average of confusion matrices, such as those of the folds of a cross-validation: of the counts, and of the shares of
 * each true class, where every matrix counts the same, whatever its number of tracks.
 *
 * Throws {@link EvaluationError} for no matrix and for matrices of different sizes.
 *
 * @example
 * averageConfusion([[[9, 1], [2, 8]], [[7, 3], [0, 10]]]).shares // [[0.8, 0.2], [0.1, 0.9]]
 */
export function averageConfusion(
  matrices: readonly (readonly (readonly number[])[])[],
): AveragedConfusion {
  if (matrices.length === 0) {
    throw new EvaluationError('matrices is empty: expected at least one confusion matrix');
  }
  const classes = matrices[0].length;
  for (const [k, matrix] of matrices.entries()) {
    if (matrix.length === classes && matrix.every((row) => row.length === classes)) continue;
    throw new EvaluationError(
      `matrices[${k}] is ${matrix.length} × ${matrix[0]?.length ?? 0}: expected ${classes} × ${classes}`,
    );
  }
  const cells = (of: (values: readonly number[]) => number, shares: boolean) =>
    Array.from({ length: classes }, (_, i) =>
      Array.from({ length: classes }, (_, j) =>
        of(
          matrices.flatMap(({ [i]: row }) => {
            if (!shares) return [row[j]];
            const total = row.reduce((sum, count) => sum + count, 0);
            return total > 0 ? [row[j] / total] : [];
          }),
        ),
      ),
    );
  return {
    counts: cells(mean, false),
    shares: cells(mean, true),
    deviations: cells(deviation, true),
  };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function deviation(values: readonly number[]): number {
  if (values.length < 2) return Number.NaN;
  const middle = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
