import { EvaluationError } from '../errors.ts';
import { normalQuantile } from './normal-quantile.ts';

/** An interval of confidence. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Wilson's score interval of a share: `successes` of `count` independent tracks, with the given confidence. Unlike
 * ±z·√(p(1−p)/n) it stays inside [0, 1] and keeps its coverage at 0 % and 100 %. NaN when count is 0.
 *
 * Throws {@link EvaluationError} when successes is not between 0 and count, or confidence not between 0 and 1.
 *
 * Source: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209.
 *
 * @example
 * wilsonInterval(938, 1000) // { low: 0.921…, high: 0.951… }
 */
export function wilsonInterval(successes: number, count: number, confidence = 0.95): Interval {
  if (!(successes >= 0 && successes <= count)) {
    throw new EvaluationError(`successes is ${successes}: expected 0 to count = ${count}`);
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw new EvaluationError(`confidence is ${confidence}: expected a number between 0 and 1`);
  }
  if (count === 0) return { low: Number.NaN, high: Number.NaN };
  const z = normalQuantile(0.5 + confidence / 2);
  const z2 = z * z;
  const middle = (successes + z2 / 2) / (count + z2);
  const half = (z / (count + z2)) * Math.sqrt((successes * (count - successes)) / count + z2 / 4);
  return {
    low: successes === 0 ? 0 : middle - half,
    high: successes === count ? 1 : middle + half,
  };
}
