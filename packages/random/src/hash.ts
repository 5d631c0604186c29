import { problemOf } from './check-seed.ts';

/** Bit 30 of the second word of a name: in that of a safe integer, bits 21 to 31 are equal. */
const NAME = 0x40000000;

/**
 * 128 bits from a list of integers and names, in the first four words of `state`: what keys a generator. Every integer
 * is absorbed as two 32-bit words into half of a 128-bit state, which six quarter rounds of ChaCha (Bernstein
 * 2008) then mix: a bijection in which every bit of a key changes each bit of the state with probability ½. A name
 * is absorbed two characters at a time, each pair with the number of characters that are left and a mark that no
 * integer has, so that two different lists never absorb the same words: they meet with a probability of 2⁻¹²⁸.
 *
 * Throws a RangeError for a number that is not a safe integer. The first of the list, the seed, is a number.
 */
export function hashKeys(
  keys: readonly (number | string)[],
  state: Int32Array = new Int32Array(4),
): Int32Array {
  let a = 0x61707865;
  let b = 0x3320646e;
  let c = 0x79622d32;
  let d = 0x6b206574;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    let low = 0;
    let high = 0;
    let pieces = 1;
    if (typeof key === 'string' && i > 0) pieces = (key.length + 1) >> 1;
    else if (!Number.isSafeInteger(key)) {
      throw new RangeError(problemOf(i === 0 ? 'seed' : `key ${i}`, key));
    }
    for (let piece = 0; piece < pieces; piece++) {
      if (typeof key === 'number') {
        low = key | 0;
        high = Math.floor(key / 4294967296) | 0;
      } else {
        // Beyond the end of a name charCodeAt is NaN, which shifts to 0.
        low = key.charCodeAt(2 * piece) | (key.charCodeAt(2 * piece + 1) << 16);
        high = NAME | (key.length - 2 * piece);
      }
      a ^= low;
      b ^= high;
      for (let round = 0; round < 6; round++) {
        a = (a + b) | 0;
        d ^= a;
        d = (d << 16) | (d >>> 16);
        c = (c + d) | 0;
        b ^= c;
        b = (b << 12) | (b >>> 20);
        a = (a + b) | 0;
        d ^= a;
        d = (d << 8) | (d >>> 24);
        c = (c + d) | 0;
        b ^= c;
        b = (b << 7) | (b >>> 25);
      }
    }
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = d;
  return state;
}
