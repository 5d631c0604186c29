import Papa from 'papaparse';
import { ReadError } from '../errors.ts';

/** Rows of a table and the line each begins in. */
export interface RowBlock {
  rows: string[][];
  /** Line of the first row, from 1. */
  line: number;
  /** Lines beyond one that each row spans, where a quoted field holds line breaks. */
  extraLines: Uint32Array | undefined;
}

/** How a table is written. */
interface Dialect {
  delimiter: string;
  newline: '\n' | '\r\n' | '\r';
}

/** A row longer than this is a quoted field that was never closed; a header longer than this is no header. */
const LONGEST_ROW = 1 << 24;
const LONGEST_HEADER = 1 << 20;

/**
 * Parses comma-, semicolon- or tab-separated text that comes piece by piece: no more than one piece and one row of it are
 * in memory. The delimiter is the one of the three that the first line has most of.
 *
 * Its methods throw {@link ReadError} where a quoted field is not closed, or goes on after its closing quote.
 */
export class CsvParser {
  readonly #source: string;
  #dialect: Dialect | undefined;
  #tail = '';
  #line = 1;

  /** @param source name of the file, for messages */
  constructor(source: string) {
    this.#source = source;
  }

  /** The rows that end with this piece of text, undefined where none does. */
  push(piece: string): RowBlock | undefined {
    const input = this.#tail + piece;
    this.#dialect ??= dialectOf(input);
    if (this.#dialect) return this.#parse(input, this.#dialect, true);
    if (input.length > LONGEST_HEADER) {
      throw new ReadError(
        `the first line goes on for ${input.length} characters: expected a header and a line end`,
        { source: this.#source, line: this.#line },
      );
    }
    this.#tail = input;
    return undefined;
  }

  /** The rows that are left when there is no more text. */
  end(): RowBlock | undefined {
    const tail = this.#tail;
    if (tail === '') return undefined;
    // A first line that never ends has an open quote, which the parser says.
    this.#dialect ??= dialectOf(`${tail}\n`) ?? { delimiter: ',', newline: '\n' };
    return this.#parse(tail, this.#dialect, false);
  }

  #parse(text: string, { delimiter, newline }: Dialect, more: boolean): RowBlock | undefined {
    const source = this.#source;
    const line = this.#line;
    const quoted = text.includes('"');
    const mixed = quoted && newline !== '\r' && hasMixedLineEnds(text, newline);
    const input = mixed ? withPlainLineEnds(text) : text;
    const parser = new Papa.Parser({
      delimiter,
      // Without quotes a \r left at the end of a line is taken off below, so that mixed line ends are no trouble.
      newline: mixed || !(newline === '\r' || quoted) ? '\n' : newline,
    });
    const { data, errors, meta } = parser.parse(input, 0, more) as Papa.ParseResult<string[]>;
    for (const { row, code } of errors) {
      if (row === undefined || row >= data.length) continue;
      const at = line + row + breaksIn(data.slice(0, row));
      const message =
        code === 'MissingQuotes'
          ? 'a quoted field is not closed: expected a closing "'
          : 'a quoted field goes on after its closing ": expected a separator or a line end';
      throw new ReadError(message, { source, line: at });
    }
    if (!quoted && input.includes('\r')) {
      for (const row of data) {
        const last = row[row.length - 1];
        if (last.endsWith('\r')) row[row.length - 1] = last.slice(0, -1);
      }
    }
    this.#tail = input.slice(meta.cursor);
    if (more && this.#tail.length > LONGEST_ROW) {
      throw new ReadError(
        `a row goes on for ${this.#tail.length} characters: expected a line end, or a closing "`,
        { source, line: line + data.length },
      );
    }
    if (data.length === 0) return undefined;
    const extraLines = quoted ? Uint32Array.from(data, (row) => breaksIn([row])) : undefined;
    this.#line += data.length + (extraLines?.reduce((a, b) => a + b, 0) ?? 0);
    return { rows: data, line, extraLines };
  }
}

/**
 * Rows of a table, a block at a time, as {@link CsvParser} gives them.
 *
 * @throws {@link ReadError} where a quoted field is not closed, or goes on after its closing quote
 */
export async function* csvRows(
  text: AsyncIterable<string>,
  source: string,
): AsyncGenerator<RowBlock> {
  const parser = new CsvParser(source);
  for await (const piece of text) {
    const block = parser.push(piece);
    if (block) yield block;
  }
  const last = parser.end();
  if (last) yield last;
}

/** Whether some lines may end otherwise than the first one did. */
function hasMixedLineEnds(text: string, newline: '\n' | '\r\n'): boolean {
  return newline === '\n' ? text.includes('\r\n') : /(^|[^\r])\n/.test(text);
}

/** The text with \n for \r\n, but for those within quotes. It begins at the beginning of a row. */
function withPlainLineEnds(text: string): string {
  const parts = text.split('"');
  for (let i = 0; i < parts.length; i += 2) parts[i] = parts[i].replaceAll('\r\n', '\n');
  return parts.join('"');
}

function breaksIn(rows: readonly string[][]): number {
  let breaks = 0;
  for (const row of rows) {
    for (const field of row) breaks += field.match(/\r\n|\n|\r/g)?.length ?? 0;
  }
  return breaks;
}

/** undefined as long as the first line has not ended. */
function dialectOf(text: string): Dialect | undefined {
  const counts = { ',': 0, ';': 0, '\t': 0 };
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (c in counts) counts[c as keyof typeof counts]++;
    else if (c === '\n' || c === '\r') {
      if (c === '\r' && i + 1 === text.length) return undefined;
      // Empty lines before the header tell nothing.
      if (text.slice(0, i).trim() === '') continue;
      const newline = c === '\n' ? '\n' : text[i + 1] === '\n' ? '\r\n' : '\r';
      const [delimiter] = Object.entries(counts).reduce((a, b) => (b[1] > a[1] ? b : a));
      return { delimiter, newline };
    }
  }
  return undefined;
}
