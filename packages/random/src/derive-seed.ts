import { hashKeys } from './hash.ts';
import { checkPurpose, type Key, type Purpose } from './purpose.ts';

/** Ends the keys of a derived seed; no purpose is called so, hence no stream begins with the bits of a seed. */
const END = 'seed';

/**
 * A seed of its own for a purpose, so that what is trained on, what is validated on and what is tested on are different
 * tracks though a person gave one seed. It depends on the seed and on the whole path of purposes and numbers.
 *
 * A derived seed is an integer from 2⁵² to 2⁵³ − 1: no seed below that, such as a person types, is ever a derived one.
 * Two derived seeds are equal with a probability of 2⁻⁵², so that of n of them two are with n²/2⁵³: 10⁻¹⁰ for a
 * thousand, and less than 1 in 9,000 for a million.
 *
 * @param seed a safe integer, derived or not.
 * @param purpose see {@link purposes}.
 * @param path narrower purposes and numbers.
 *
 * Throws a RangeError for a seed or number that is not a safe integer, and for an unknown purpose.
 *
 * @example
 * const validation = gajowczyk2021({ count: 2000, seed: deriveSeed(1, 'validation') });
 * const third = deriveSeed(1, 'training', 'data set', 2);
 */
export function deriveSeed(seed: number, purpose: Purpose, ...path: Key[]): number {
  // Plain JavaScript may give a number, which has no meaning here.
  checkPurpose(purpose);
  for (const key of path) if (typeof key === 'string') checkPurpose(key);
  const [high, low] = hashKeys([seed, purpose, ...path, END]);
  return 4503599627370496 + (high >>> 12) * 4294967296 + (low >>> 0);
}
