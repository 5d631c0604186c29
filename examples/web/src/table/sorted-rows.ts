/** Behind all numbers. */
const LAST = 2 ** 32 - 1;
/** Rows that can be told apart by the low bits of a number, beside a key of 32. */
const ROWS = 2 ** 21;

/**
 * Rows in the order of a value of theirs, those without one at the end, equal ones in the order that they have. Numbers count with the seven digits of a
 * float of 32 bits, so that the key and the place of a row are one number together and the engine's own sort does it: a hundred thousand rows in
 * some ten milliseconds.
 *
 * @param down whether the largest come first.
 */
export function sortedRows(
  rows: Uint32Array,
  value: (row: number) => string | number,
  down: boolean,
): Uint32Array {
  const values = Array.from(rows, value);
  const texts = [...new Set(values.filter((each) => typeof each === 'string'))].sort();
  const placeOf = new Map(texts.map((text, k) => [text, k]));
  const float = new Float32Array(1);
  const bits = new Uint32Array(float.buffer);
  const keys = new Float64Array(rows.length);
  // Of more rows the keys have as many bits less.
  const coarse = Math.max(1, 2 ** Math.ceil(Math.log2(rows.length)) / ROWS);
  const room = coarse * ROWS;
  for (let k = 0; k < rows.length; k++) {
    const one = values[k];
    const number = typeof one === 'string' ? placeOf.get(one)! : one;
    let key = LAST;
    if (!Number.isNaN(number)) {
      float[0] = (down ? -1 : 1) * number || 0;
      // The order of the bits of floats is that of their sizes; negative ones lie below, the other way round.
      key = bits[0] >= 2 ** 31 ? 2 ** 32 - 1 - bits[0] : bits[0] + 2 ** 31;
    }
    keys[k] = Math.floor(key / coarse) * room + k;
  }
  keys.sort();
  return Uint32Array.from(keys, (key) => rows[key % room]);
}
