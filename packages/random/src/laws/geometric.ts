import { ln } from '../pinned/ln.ts';
import { randomExponential } from './exponential.ts';
import type { UniformSource } from './source.ts';

/**
 * The number of trials up to the first success, 1 at least, each succeeding with probability p: frames that a state
 * lasts which ends with p per frame. Mean 1/p, variance (1 − p)/p².
 *
 * Throws a RangeError for a p that is not above 0 and at most 1.
 *
 * @example
 * randomGeometric(keyedRandom(1), 1 / 10); // a bright spell of 10 frames on average
 */
export function randomGeometric(source: UniformSource, p: number): number {
  if (!(p > 0 && p <= 1)) throw new RangeError(`p is ${p}: expected a number above 0, at most 1`);
  const q = 1 - p;
  // −ln(1 − p), exact also where 1 − p is rounded.
  const rate = q === 1 ? p : (-ln(q) * p) / (1 - q);
  return 1 + Math.floor(randomExponential(source) / rate);
}
