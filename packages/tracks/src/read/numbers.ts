import { quote, shorten } from '../quote-value.ts';

/**
 * Reads decimal numbers, with a point or a comma before the decimals: the first number that has either settles it for
 * the rest, so that 1,234 is never a thousand in one line and one and a bit in another.
 */
export class NumberReader {
  #mark: '.' | ',' | undefined;

  /** The number that `text` is, or NaN where it is none, or not finite. */
  read(text: string): number {
    if (this.#mark === '.') return plain(text);
    if (this.#mark === undefined) {
      if (text.includes('.')) this.#mark = '.';
      else if (text.includes(',')) this.#mark = ',';
      else return plain(text);
      return this.read(text);
    }
    return text.includes('.') ? NaN : plain(text.replace(',', '.'));
  }
}

/**
 * The number that a text is, with a point before the decimals; NaN where it is none: 0x10, Infinity and blanks are none.
 *
 * @example
 * readNumber('1.5e3') // 1500
 */
export const readNumber = (text: string): number => plain(text);

function plain(text: string): number {
  const value = +text;
  if (value - value !== 0) return NaN;
  const first = text.charCodeAt(0);
  // A number begins with a digit, a sign or a point, and 0x10, 0b1 and 0o7 are none.
  if (first < 43 || first > 57 || Number.isNaN(first)) {
    const trimmed = text.trim();
    return trimmed === '' || trimmed === text ? NaN : plain(trimmed);
  }
  const second = text.charCodeAt(1);
  return second > 57 && second !== 101 && second !== 69 ? NaN : value;
}

/** The largest frame number that fits a column of frames. */
export const LAST_FRAME = 2 ** 31 - 1;

/** What is wrong with a frame number that is not an integer from −2³¹ to 2³¹ − 1; undefined when nothing is. */
export function frameProblem(frame: number, text: string): string | undefined {
  if (frame === (frame | 0)) return undefined;
  return Number.isInteger(frame)
    ? `is ${shorten(text)}: expected a frame number from ${-LAST_FRAME - 1} to ${LAST_FRAME}`
    : `is ${quote(text)}: expected a whole frame number`;
}
