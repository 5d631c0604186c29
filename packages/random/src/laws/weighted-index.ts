import type { UniformSource } from './source.ts';

/**
 * An index of a list of weights, drawn in proportion to them; one of weight 0 is never drawn.
 *
 * Throws a RangeError where a weight is negative or not a number, and where none is above 0.
 *
 * @example
 * randomIndex(keyedRandom(1), [1, 0, 3]); // 2 in three of four draws
 */
export function randomIndex(source: UniformSource, weights: ArrayLike<number>): number {
  let total = 0;
  let last = -1;
  for (let k = 0; k < weights.length; k++) {
    if (!(weights[k] >= 0 && weights[k] < Infinity)) {
      throw new RangeError(`weight ${k} is ${weights[k]}: expected a number of at least 0`);
    }
    total += weights[k];
    if (weights[k] > 0) last = k;
  }
  if (last < 0) throw new RangeError('no weight is above 0: expected one at least');
  let left = source.uniform() * total;
  for (let k = 0; k < last; k++) {
    if (left < weights[k]) return k;
    left -= weights[k];
  }
  // What rounding leaves belongs to the last one that can be drawn.
  return last;
}
