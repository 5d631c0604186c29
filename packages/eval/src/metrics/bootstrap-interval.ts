import { randomInteger, type UniformSource } from '@diffusion/random';
import { EvaluationError } from '../errors.ts';
import { quantile } from './quantile.ts';
import type { Interval } from './wilson-interval.ts';

/** What {@link bootstrapInterval} needs. */
export interface BootstrapOptions {
  /** Number of tracks. */
  readonly count: number;
  /** The number whose spread is wanted, of the tracks at `rows` (repeats included). The array is reused: do not keep it. */
  readonly statistic: (rows: Uint32Array) => number;
  /** What the tracks are redrawn with, such as `keyedRandom(seed, 'bootstrap')` of `@diffusion/random`. */
  readonly random: UniformSource;
  /** Number of redrawn sets, 1,000 when absent. */
  readonly resamples?: number;
  /** 0.95 when absent. */
  readonly confidence?: number;
}

/**
 * Percentile bootstrap interval: the tracks are redrawn with replacement, and the interval holds the middle of what
 * the statistic then is. Redraws where it is NaN are left out; NaN when that is all of them.
 *
 * Throws {@link EvaluationError} when count, resamples or confidence are out of range.
 *
 * Source: B. Efron, Ann. Stat. 7 (1979) 1.
 *
 * @example
 * const mae = (rows: Uint32Array) => regressionMetrics({ actual, predicted, rows }).mae;
 * bootstrapInterval({ count: actual.length, statistic: mae, random: keyedRandom(1, 'bootstrap') }) // { low: …, high: … }
 */
export function bootstrapInterval(options: BootstrapOptions): Interval {
  const { count, statistic, random, resamples = 1000, confidence = 0.95 } = options;
  if (!(Number.isInteger(count) && count > 0)) {
    throw new EvaluationError(`count is ${count}: expected the number of tracks, at least 1`);
  }
  if (!(Number.isInteger(resamples) && resamples > 0)) {
    throw new EvaluationError(`resamples is ${resamples}: expected a whole number, at least 1`);
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw new EvaluationError(`confidence is ${confidence}: expected a number between 0 and 1`);
  }
  const rows = new Uint32Array(count);
  const values = new Float64Array(resamples);
  let kept = 0;
  for (let r = 0; r < resamples; r++) {
    for (let i = 0; i < count; i++) rows[i] = randomInteger(random, 0, count - 1);
    const value = statistic(rows);
    if (!Number.isNaN(value)) values[kept++] = value;
  }
  const sorted = values.subarray(0, kept).sort();
  return {
    low: quantile(sorted, (1 - confidence) / 2),
    high: quantile(sorted, (1 + confidence) / 2),
  };
}
