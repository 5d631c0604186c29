/** What predicts the last of n steps from those before it, and how well. */
export interface Predictor {
  /** 1, then minus the weight of the step j before the last, j = 1 … n − 1. */
  readonly filter: Float64Array;
  /** Variance of the error of the prediction. */
  readonly variance: number;
  /** ln of the determinant of the Toeplitz matrix. */
  readonly logDeterminant: number;
}

/** The predictor of n steps whose covariance is Toeplitz. O(n²). */
export function predictorOf(covariance: ArrayLike<number>, n: number): Predictor {
  const filter = new Float64Array(n);
  filter[0] = 1;
  let variance = covariance[0];
  let logDeterminant = Math.log(variance);
  for (let order = 1; order < n; order++) {
    variance = extendPredictor(filter, covariance, order, variance);
    logDeterminant += Math.log(variance);
  }
  return { filter, variance, logDeterminant };
}

/**
 * Makes the predictor from `order` − 1 steps one from `order` steps, in its place, by the Durbin–Levinson recursion.
 *
 * @param filter as {@link Predictor} has it; what is behind its first `order` numbers is not read.
 * @param variance of the errors so far.
 * @returns the variance of its errors.
 */
export function extendPredictor(
  filter: Float64Array,
  covariance: ArrayLike<number>,
  order: number,
  variance: number,
): number {
  let numerator = covariance[order];
  for (let j = 1; j < order; j++) numerator += filter[j] * covariance[order - j];
  const partial = numerator / variance;
  for (let i = 1, j = order - 1; i <= j; i++, j--) {
    const first = filter[i];
    const last = filter[j];
    filter[i] = first - partial * last;
    filter[j] = last - partial * first;
  }
  filter[order] = -partial;
  return variance * (1 - partial * partial);
}
