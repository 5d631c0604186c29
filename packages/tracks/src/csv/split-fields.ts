import type { Dialect } from './first-line.ts';

/**
 * The fields of whole rows without quotes.
 *
 * @param text rows, each with its line end but for the last one.
 */
export function splitPlain(text: string, { delimiter, end }: Dialect): string[][] {
  const lines = text.split(end);
  if (lines[lines.length - 1] === '') lines.pop();
  const returned = end === '\n' && text.includes('\r');
  return lines.map((line) =>
    (returned && line.endsWith('\r') ? line.slice(0, -1) : line).split(delimiter),
  );
}

/**
 * The fields of whole rows of which some are quoted, and the lines beyond one that each row spans. What is quoted is
 * closed, and followed by nothing but blanks up to the delimiter or the line end. Each character is looked at once.
 *
 * @param text rows, each with its line end but for the last one.
 */
export function splitQuoted(
  text: string,
  { delimiter, end }: Dialect,
): { rows: string[][]; extraLines: Uint32Array } {
  const rows: string[][] = [];
  const extra: number[] = [];
  let nextDelimiter = -1;
  let nextEnd = -1;
  const find = (what: string, from: number) => {
    const at = text.indexOf(what, from);
    return at < 0 ? text.length : at;
  };
  for (let at = 0; at < text.length; ) {
    const row: string[] = [];
    let lines = 0;
    for (let more = true; more; ) {
      let value: string | undefined;
      if (text[at] === '"') {
        const close = closingQuote(text, at + 1);
        value = text.slice(at + 1, close).replaceAll('""', '"');
        if (/[\r\n]/.test(value)) lines += value.match(/\r\n|\n|\r/g)!.length;
        at = close + 1;
      }
      if (nextDelimiter < at) nextDelimiter = find(delimiter, at);
      if (nextEnd < at) nextEnd = find(end, at);
      more = nextDelimiter < nextEnd;
      const stop = more ? nextDelimiter : nextEnd;
      if (value === undefined) {
        const returned = !more && end === '\n' && stop > at && text[stop - 1] === '\r';
        value = text.slice(at, returned ? stop - 1 : stop);
      }
      row.push(value);
      at = stop + 1;
    }
    rows.push(row);
    extra.push(lines);
  }
  return { rows, extraLines: Uint32Array.from(extra) };
}

/** The next quote that no other quote follows. */
function closingQuote(text: string, from: number): number {
  let quote = text.indexOf('"', from);
  while (text[quote + 1] === '"') quote = text.indexOf('"', quote + 2);
  return quote < 0 ? text.length : quote;
}
