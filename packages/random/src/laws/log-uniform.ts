import { pow } from '../pinned/pow.ts';
import type { UniformSource } from './source.ts';

/**
 * A positive number whose logarithm is uniform, on [least, most): density 1/(x ln(most/least)), mean
 * (most − least)/ln(most/least). `least` itself where both are equal.
 *
 * @example
 * randomLogUniform(keyedRandom(1), 10, 1000); // below 100 half of the time
 */
export function randomLogUniform(source: UniformSource, least: number, most: number): number {
  return least * pow(most / least, source.uniform());
}
