import type { UniformSource } from './source.ts';

/**
 * An integer from least to most, both included, all equally likely: mean (least + most)/2, variance (n² − 1)/12 of n
 * of them. A source without `integerBelow` rounds down, whose error is n/2⁵³.
 *
 * Throws a RangeError where these are not integers with least ≤ most, 2⁵³ − 1 apart at most.
 *
 * @example
 * randomInteger(keyedRandom(1), 1, 6); // a die
 */
export function randomInteger(source: UniformSource, least: number, most: number): number {
  const count = most - least + 1;
  if (!(Number.isSafeInteger(least) && count >= 1 && Number.isSafeInteger(count))) {
    throw new RangeError(
      `least and most are ${least} and ${most}: expected integers, the first not above the second`,
    );
  }
  if (source.integerBelow && count <= 4294967296) return least + source.integerBelow(count);
  return least + Math.floor(source.uniform() * count);
}
