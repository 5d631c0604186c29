import type { Matrix } from 'ml-matrix';
import { factorOf } from './weighting.ts';

/** Spread of a function of the MSD's values. */
export interface Propagated {
  /** Standard deviation of each result. */
  readonly errors: number[];
  /** Expected value of each result less its value at the expected MSD, to second order. */
  readonly biases: number[];
}

/** Step of the differences, in standard deviations: small against 1, large against rounding and 1-D searches. */
const STEP = 0.05;

/**
 * What a function of the MSD's values makes of their covariance: central differences along the columns of its Cholesky
 * factor, which give the covariance of the results to first order and their bias to second.
 */
export function propagate(
  estimator: (msd: Float64Array) => readonly number[],
  expected: Float64Array,
  covariance: Matrix,
): Propagated {
  const factor = factorOf(covariance).lowerTriangularMatrix;
  const centre = estimator(expected);
  const variances = centre.map(() => 0);
  const biases = centre.map(() => 0);
  const point = new Float64Array(expected.length);
  for (let column = 0; column < expected.length; column++) {
    const shifted = (h: number) => {
      for (let i = 0; i < point.length; i++) point[i] = expected[i] + h * factor.get(i, column);
      return estimator(point);
    };
    const above = shifted(STEP);
    const below = shifted(-STEP);
    centre.forEach((middle, r) => {
      variances[r] += ((above[r] - below[r]) / (2 * STEP)) ** 2;
      biases[r] += (above[r] + below[r] - 2 * middle) / (2 * STEP * STEP);
    });
  }
  return { errors: variances.map(Math.sqrt), biases };
}
