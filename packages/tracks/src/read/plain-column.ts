import { type TextColumn, textColumn } from '../column.ts';

/**
 * Values of any kind as a column: numbers, truths (1 and 0) and integers of 64 bits as numbers, of which NaN is a missing
 * one; texts as text. Undefined for what is neither, as lists.
 *
 * Integers that a number does not hold, as some programs give for ids, become texts.
 */
export function plainColumn(values: ArrayLike<unknown>): Float64Array | TextColumn | undefined {
  if (values instanceof Float64Array) return values;
  const count = values.length;
  if (ArrayBuffer.isView(values) && typeof values[0] === 'number') {
    return Float64Array.from(values as unknown as ArrayLike<number>);
  }
  let text = false;
  let long = false;
  for (let i = 0; i < count; i++) {
    const value = values[i];
    if (value === null || value === undefined) continue;
    if (typeof value === 'string') text = true;
    else if (typeof value === 'bigint') long ||= BigInt(Number(value)) !== value || tooLong(value);
    else if (typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  }
  if (text || long) {
    return textColumn(
      Array.from({ length: count }, (_, i) => {
        const value = values[i];
        return value === null || value === undefined ? '' : String(value);
      }),
    );
  }
  const numbers = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const value = values[i];
    numbers[i] = value === null || value === undefined ? NaN : Number(value);
  }
  return numbers;
}

const tooLong = (value: bigint): boolean =>
  value > BigInt(Number.MAX_SAFE_INTEGER) || value < BigInt(Number.MIN_SAFE_INTEGER);

/** The values of a column that came in pieces, in one. */
export function joinPieces(pieces: readonly ArrayLike<unknown>[]): ArrayLike<unknown> {
  if (pieces.length === 1) return pieces[0];
  const numbers = pieces.filter((piece) => piece instanceof Float64Array);
  if (numbers.length < pieces.length || pieces.length === 0) {
    return pieces.flatMap((piece) => Array.from(piece));
  }
  const whole = new Float64Array(numbers.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of numbers) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
