/** The most characters of a value that an error repeats. */
const LONGEST = 60;

/** The most names that an error lists. */
const MOST = 20;

/**
 * A value as an error repeats it: short, in one line, and not walked into, so that neither its size nor its depth
 * counts.
 *
 * @example
 * quote('abc'); // '"abc"'
 * quote([[[1]]]); // 'an array'
 * quote(undefined); // 'missing'
 */
export function quote(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value !== 'string') return String(value).slice(0, LONGEST);
  return JSON.stringify(shorten(value));
}

/**
 * Names as an error lists them: the first of them where there are many.
 *
 * @example
 * quoteAll(['x', 'y']); // '"x", "y"'
 */
export function quoteAll(names: readonly string[]): string {
  const shown = names.slice(0, MOST).map(quote).join(', ');
  return names.length > MOST ? `${shown} and ${names.length - MOST} more` : shown;
}

/** The most characters of a message. */
const LONGEST_LINE = 2000;

/**
 * A message as one line for a person, whatever it quotes: without line ends, without what a terminal takes for commands,
 * and not longer than a few lines of one.
 *
 * @example
 * oneLine('two\nlines'); // 'two lines'
 */
export const oneLine = (message: string): string =>
  shorten(message, LONGEST_LINE).replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');

/** A text without what is too much of it for one line. */
export function shorten(text: string, most = LONGEST): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
