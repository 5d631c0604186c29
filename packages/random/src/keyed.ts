import { hashIntegers } from './hash.ts';
import type { Random } from './random.ts';
import { STATE_WORDS, Xoshiro128 } from './xoshiro.ts';

/**
 * The generator that belongs to a seed and a list of keys: the same bits in every engine, and for other keys an
 * independent stream, at a cost that does not depend on the values. A data set gives track i the generator
 * `keyedRandom(seed, i, purpose)`, so that no track depends on another.
 *
 * Throws a RangeError for a seed or key that is not a safe integer.
 *
 * @example
 * const random = keyedRandom(42, 7);
 * random.normal(); // the first normal of stream 7 of seed 42
 */
export function keyedRandom(seed: number, ...keys: number[]): Random {
  keys.unshift(seed);
  const state = hashIntegers(keys, new Int32Array(STATE_WORDS));
  // The one state that xoshiro never leaves.
  if ((state[0] | state[1] | state[2] | state[3]) === 0) state[0] = 1;
  return new Xoshiro128(state);
}
