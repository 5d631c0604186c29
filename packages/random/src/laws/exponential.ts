import { ln } from '../pinned/ln.ts';
import type { UniformSource } from './source.ts';

/**
 * Exponential of a mean: the time to an event that is as likely at every moment. Variance mean².
 *
 * @example
 * randomExponential(keyedRandom(1), 20); // a bleaching time of 20 frames on average
 */
export function randomExponential(source: UniformSource, mean = 1): number {
  // −ln(1 − U); 1 − U is never 0.
  return mean * (source.exponential ? source.exponential() : -ln(1 - source.uniform()));
}
