import { EvaluationError } from '../errors.ts';
import { showNumbers } from './show-metrics.ts';

/** What {@link regressionMetrics} compares. */
export interface RegressionInput {
  /** True value per track, such as the exponent α. */
  readonly actual: ArrayLike<number>;
  /** Predicted value per track; NaN where the track got none. */
  readonly predicted: ArrayLike<number>;
  /** The tracks to count; absent means all of them. */
  readonly rows?: ArrayLike<number>;
}

/** Errors of predicted values over the judged tracks, in the unit of the value. */
export interface RegressionMetrics {
  /** Tracks in all. */
  readonly count: number;
  /** Tracks without a predicted value: they are in none of the errors below. */
  readonly unjudged: number;
  /** Mean absolute error. */
  readonly mae: number;
  /** Root of the mean squared error. */
  readonly rmse: number;
  /** Mean of predicted − actual: positive when the predictions are too large. */
  readonly bias: number;
  /** Coefficient of determination, 1 − Σ(predicted − actual)² / Σ(actual − mean)²; NaN when all true values are equal. */
  readonly r2: number;
}

/**
 * Errors of a prediction of numbers. Tracks without one (NaN) are counted apart and left out of the errors, which
 * are NaN when no track was judged.
 *
 * Throws {@link EvaluationError} when the lengths differ, a true value is not finite, or a prediction is infinite.
 *
 * @example
 * regressionMetrics({ actual: [1, 1], predicted: [1.1, 0.7] }).mae // 0.2
 */
export function regressionMetrics({ actual, predicted, rows }: RegressionInput): RegressionMetrics {
  if (actual.length !== predicted.length) {
    throw new EvaluationError(
      `predicted has ${predicted.length} values: expected one per actual value, ${actual.length}`,
    );
  }
  const count = rows ? rows.length : actual.length;
  let judged = 0;
  let absolute = 0;
  let squared = 0;
  let signed = 0;
  let mean = 0;
  let spread = 0;
  for (let r = 0; r < count; r++) {
    const i = rows ? rows[r] : r;
    const truth = actual[i];
    if (!Number.isFinite(truth)) {
      throw new EvaluationError(`actual[${i}] is ${truth}: expected a finite number`);
    }
    const answer = predicted[i];
    if (Number.isNaN(answer)) continue;
    const error = answer - truth;
    if (!Number.isFinite(error)) {
      throw new EvaluationError(
        `predicted[${i}] is ${answer}: expected a finite number, or NaN for unjudged`,
      );
    }
    judged++;
    absolute += Math.abs(error);
    squared += error * error;
    signed += error;
    const step = truth - mean;
    mean += step / judged;
    spread += step * (truth - mean);
  }
  return showNumbers('metrics of α', {
    count,
    unjudged: count - judged,
    mae: absolute / judged,
    rmse: Math.sqrt(squared / judged),
    bias: signed / judged,
    r2: spread > 0 ? 1 - squared / spread : Number.NaN,
  });
}
