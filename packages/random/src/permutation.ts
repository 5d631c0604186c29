import { keyedRandom } from './keyed.ts';
import { powerOfTwo } from './pinned/double.ts';
import type { Key } from './purpose.ts';

/** Up to this size a table is shuffled; above, one index is enciphered at a time. */
const TABLE = 1024;
const ROUNDS = 10;

/**
 * The permutation of 0 … n − 1 that belongs to a seed and keys, as a function: `permutation(n, seed)(i)` is
 * where i goes. It takes the same small memory for every n: above 1,024 a Feistel network over the smallest
 * power of two ≥ n walks its cycle until it is back below n (Black & Rogaway 2002), fewer than two steps on
 * average.
 *
 * Throws a RangeError when n is not an integer from 1 to 2⁵², when the seed or a key is not what
 * {@link keyedRandom} takes, or when i is not one of 0 … n − 1.
 *
 * @example
 * const place = permutation(1_000_000, 42);
 * place(0) // somewhere in 0 … 999,999, and no other index goes there
 */
export function permutation(n: number, seed: number, ...keys: Key[]): (index: number) => number {
  if (!(Number.isInteger(n) && n >= 1 && n <= 4503599627370496)) {
    throw new RangeError(`n is ${String(n)}: expected an integer from 1 to 4503599627370496`);
  }
  const check = (index: number): void => {
    if (!(Number.isInteger(index) && index >= 0 && index < n)) {
      throw new RangeError(`index is ${String(index)}: expected an integer from 0 to ${n - 1}`);
    }
  };
  const walk = n <= TABLE ? shuffled(n, seed, keys) : feistel(n, seed, keys);
  return (index) => {
    check(index);
    return walk(index);
  };
}

function shuffled(n: number, seed: number, keys: Key[]): (index: number) => number {
  const random = keyedRandom(seed, ...keys);
  const table = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    const j = random.integerBelow(i + 1);
    table[i] = table[j];
    table[j] = i;
  }
  return (index) => table[index];
}

function feistel(n: number, seed: number, keys: Key[]): (index: number) => number {
  let bits = 1;
  while (powerOfTwo(bits) < n) bits++;
  const lowBits = bits >> 1;
  const split = powerOfTwo(lowBits);
  const lowMask = split - 1;
  const highMask = powerOfTwo(bits - lowBits) - 1;
  const random = keyedRandom(seed, ...keys);
  const roundKeys = new Int32Array(2 * ROUNDS);
  for (let i = 0; i < roundKeys.length; i++) roundKeys[i] = random.int32();
  return (index) => {
    let value = index;
    do {
      let high = Math.floor(value / split);
      let low = value - high * split;
      for (let round = 0; round < roundKeys.length; round += 2) {
        high ^= avalanche(low ^ roundKeys[round]) & highMask;
        low ^= avalanche(high ^ roundKeys[round + 1]) & lowMask;
      }
      value = high * split + low;
    } while (value >= n);
    return value;
  };
}

/** A 32-bit hash in which every input bit flips every output bit with probability ½ (lowbias32, C. Wellons 2018). */
function avalanche(x: number): number {
  let h = x;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return h ^ (h >>> 16);
}
