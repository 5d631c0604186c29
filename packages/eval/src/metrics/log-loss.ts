import { EvaluationError } from '../errors.ts';
import { UNJUDGED } from './confusion-matrix.ts';

/** What {@link logLoss} reads. */
export interface LogLossInput {
  /** True class per track. */
  readonly actual: ArrayLike<number>;
  /** Probability per track and class, count × classes, row after row. */
  readonly probabilities: ArrayLike<number>;
  /** Number of classes. */
  readonly classes: number;
  /** Predicted class per track; where it is −1 the track is left out. Absent: every track counts. */
  readonly predicted?: ArrayLike<number>;
  /** The tracks to count; absent means all of them. */
  readonly rows?: ArrayLike<number>;
}

/**
 * Multi-class log loss in nats: the mean of −ln p(true class), p clipped to [2.2e-16, 1] as in scikit-learn for
 * 64-bit numbers, so that one impossible truth costs 36 and not infinity. NaN without a judged track.
 *
 * Throws {@link EvaluationError} when the shape is wrong, a number is outside [0, 1], or the probabilities of a track
 * do not sum to 1 (within 0.01 per class, room for rounding to two decimals).
 *
 * @example
 * logLoss({ actual: [0, 1], probabilities: [0.5, 0.5, 0.5, 0.5], classes: 2 }) // 0.693… = ln 2
 */
export function logLoss({ actual, probabilities, classes, predicted, rows }: LogLossInput): number {
  if (probabilities.length !== actual.length * classes) {
    throw new EvaluationError(
      `probabilities has ${probabilities.length} numbers: expected ${actual.length} tracks × ${classes} classes = ${actual.length * classes}`,
    );
  }
  const count = rows ? rows.length : actual.length;
  let sum = 0;
  let judged = 0;
  for (let r = 0; r < count; r++) {
    const i = rows ? rows[r] : r;
    if (predicted?.[i] === UNJUDGED) continue;
    checkRow(probabilities, i, classes);
    sum -= Math.log(Math.max(probabilities[i * classes + actual[i]], Number.EPSILON));
    judged++;
  }
  return sum / judged;
}

function checkRow(probabilities: ArrayLike<number>, i: number, classes: number): void {
  let total = 0;
  for (let k = 0; k < classes; k++) {
    const p = probabilities[i * classes + k];
    if (!(p >= 0 && p <= 1 + 1e-6)) {
      throw new EvaluationError(
        `the probability of track ${i} for class ${k} is ${p}: expected 0 to 1`,
      );
    }
    total += p;
  }
  if (!(Math.abs(total - 1) <= 0.01 * classes)) {
    throw new EvaluationError(
      `the probabilities of track ${i} sum to ${total.toPrecision(4)}: expected 1`,
    );
  }
}
