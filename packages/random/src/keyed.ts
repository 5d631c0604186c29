import { hashKeys } from './hash.ts';
import { checkPurpose, type Key } from './purpose.ts';
import type { Random } from './random.ts';
import { STATE_WORDS, Xoshiro128 } from './xoshiro.ts';

/**
 * The generator that belongs to a seed and a list of keys: the same bits in every engine, and for other keys an
 * independent stream, at a cost that does not depend on the values. A data set gives track i the generator
 * `keyedRandom(seed, i, number)`, so that no track depends on another; whatever else is drawn with the same seed
 * names its purpose first.
 *
 * @param seed a safe integer.
 * @param keys safe integers and purposes (see {@link purposes}).
 *
 * Throws a RangeError for a seed or key that is not a safe integer, and for an unknown purpose.
 *
 * @example
 * const random = keyedRandom(42, 7);
 * random.normal(); // the first normal of stream 7 of seed 42
 * keyedRandom(42, 'augmentation', 7).uniform(); // of another stream
 */
export function keyedRandom(seed: number, ...keys: Key[]): Random {
  for (const key of keys) if (typeof key === 'string') checkPurpose(key);
  const state = hashKeys([seed, ...keys], new Int32Array(STATE_WORDS));
  // The one state that xoshiro never leaves.
  if ((state[0] | state[1] | state[2] | state[3]) === 0) state[0] = 1;
  return new Xoshiro128(state);
}
