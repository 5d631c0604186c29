/**
 * 128 bits from a list of integers, in the first four words of `state`: what keys a generator. Every integer
 * is absorbed as two 32-bit words into half of a 128-bit state, which six quarter rounds of ChaCha (Bernstein
 * 2008) then mix: a bijection in which every bit of a key changes each bit of the state with probability ½.
 *
 * Throws a RangeError for a value that is not a safe integer.
 */
export function hashIntegers(
  values: readonly number[],
  state: Int32Array = new Int32Array(4),
): Int32Array {
  let a = 0x61707865;
  let b = 0x3320646e;
  let c = 0x79622d32;
  let d = 0x6b206574;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isSafeInteger(value)) {
      throw new RangeError(
        `${i === 0 ? 'seed' : `key ${i}`} is ${String(value)}: expected an integer from -9007199254740991 to 9007199254740991`,
      );
    }
    a ^= value | 0;
    b ^= Math.floor(value / 4294967296) | 0;
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
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = d;
  return state;
}
