import { EvaluationError } from '../errors.ts';
import { UNJUDGED } from './confusion-matrix.ts';

/** What {@link calibration} reads. */
export interface CalibrationInput {
  /** True class per track. */
  readonly actual: ArrayLike<number>;
  /** Predicted class per track, −1 for unjudged. */
  readonly predicted: ArrayLike<number>;
  /** Probability per track and class, count × classes. */
  readonly probabilities: ArrayLike<number>;
  /** Number of classes. */
  readonly classes: number;
  /** Number of bins of equal width over [0, 1], 10 when absent. */
  readonly bins?: number;
}

/** The judged tracks whose confidence (the probability of the predicted class) lies in one bin. */
export interface CalibrationBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Mean confidence; NaN in an empty bin. */
  readonly confidence: number;
  /** Share of right predictions; NaN in an empty bin. */
  readonly accuracy: number;
}

/** Whether confidence can be believed. */
export interface Calibration {
  readonly bins: CalibrationBin[];
  /** Expected calibration error: the mean of |accuracy − confidence| over bins, weighted by their tracks. */
  readonly error: number;
}

/**
 * Accuracy against confidence in bins of equal width, and the expected calibration error. A classifier that is right
 * on 80 % of the tracks of which it is 80 % sure lies on the diagonal.
 *
 * Throws {@link EvaluationError} when probabilities is not count × classes, or one that is needed is not 0 to 1.
 *
 * Source: C. Guo et al., On calibration of modern neural networks, ICML 2017, eq. 3.
 *
 * @example
 * calibration({ actual: [0, 1], predicted: [0, 0], probabilities: [0.9, 0.1, 0.6, 0.4], classes: 2 }).error // 0.35
 */
export function calibration(input: CalibrationInput): Calibration {
  const { actual, predicted, probabilities, classes, bins = 10 } = input;
  if (probabilities.length !== actual.length * classes) {
    throw new EvaluationError(
      `probabilities has ${probabilities.length} numbers: expected ${actual.length} tracks × ${classes} classes = ${actual.length * classes}`,
    );
  }
  const counts = new Float64Array(bins);
  const sure = new Float64Array(bins);
  const right = new Float64Array(bins);
  let judged = 0;
  for (let i = 0; i < actual.length; i++) {
    if (predicted[i] === UNJUDGED) continue;
    const confidence = probabilities[i * classes + predicted[i]];
    if (!(confidence >= 0 && confidence <= 1 + 1e-6)) {
      throw new EvaluationError(
        `the probability of track ${i} for its predicted class is ${confidence}: expected 0 to 1`,
      );
    }
    const k = Math.min(bins - 1, Math.floor(confidence * bins));
    counts[k]++;
    sure[k] += confidence;
    if (predicted[i] === actual[i]) right[k]++;
    judged++;
  }
  let error = 0;
  for (let k = 0; k < bins; k++) error += Math.abs(right[k] - sure[k]);
  return {
    bins: Array.from(counts, (count, k) => ({
      from: k / bins,
      to: (k + 1) / bins,
      count,
      confidence: sure[k] / count,
      accuracy: right[k] / count,
    })),
    error: error / judged,
  };
}
