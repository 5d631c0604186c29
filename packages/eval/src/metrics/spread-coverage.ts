import { EvaluationError } from '../errors.ts';
import { showNumbers } from './show-metrics.ts';

/** What {@link spreadCoverage} compares. */
export interface SpreadInput {
  /** True value per track, such as the exponent α. */
  readonly actual: ArrayLike<number>;
  /** Predicted value per track; NaN where the track got none. */
  readonly predicted: ArrayLike<number>;
  /** Predicted standard deviation per track, in the unit of the value; NaN where there is none. */
  readonly spreads: ArrayLike<number>;
}

/** How true values lie about predicted ones, measured by the predicted standard deviations. */
export interface SpreadCoverage {
  /** Tracks with a value and a spread. */
  readonly count: number;
  /** Mean of the spreads, in the unit of the value. */
  readonly mean: number;
  /** Share of the true values within one spread; of normal errors whose spread is right 68.3 %. */
  readonly withinOne: number;
  /** Within two; 95.4 %. */
  readonly withinTwo: number;
}

/**
 * How often true values are within one and two predicted standard deviations of the predicted value. Shares are NaN where
 * no track has a spread.
 *
 * Throws {@link EvaluationError} when the lengths differ and for a spread that is negative.
 *
 * @example
 * spreadCoverage({ actual: [1, 1], predicted: [1.1, 0.7], spreads: [0.2, 0.2] }).withinOne // 0.5
 */
export function spreadCoverage({ actual, predicted, spreads }: SpreadInput): SpreadCoverage {
  for (const [name, { length }] of Object.entries({ predicted, spreads })) {
    if (length === actual.length) continue;
    throw new EvaluationError(
      `${name} has ${length} values: expected one per actual value, ${actual.length}`,
    );
  }
  let count = 0;
  let total = 0;
  let one = 0;
  let two = 0;
  for (let i = 0; i < actual.length; i++) {
    const spread = spreads[i];
    if (spread < 0) {
      throw new EvaluationError(`spreads[${i}] is ${spread}: expected a number of at least 0`);
    }
    const error = Math.abs(predicted[i] - actual[i]);
    if (Number.isNaN(error) || Number.isNaN(spread)) continue;
    count++;
    total += spread;
    if (error <= spread) one++;
    if (error <= 2 * spread) two++;
  }
  return showNumbers('how far spreads hold', {
    count,
    mean: total / count,
    withinOne: one / count,
    withinTwo: two / count,
  });
}
