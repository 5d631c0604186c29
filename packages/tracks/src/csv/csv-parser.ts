import { ReadError } from '../errors.ts';
import { LONGEST_HEADER, LONGEST_TOKEN } from '../read/limits.ts';
import { type Dialect, FirstLine } from './first-line.ts';
import { RowEnds } from './row-ends.ts';
import { splitPlain, splitQuoted } from './split-fields.ts';

/** Rows of a table and the line each begins in. */
export interface RowBlock {
  rows: string[][];
  /** Line of the first row, from 1. */
  line: number;
  /** Lines beyond one that each row spans, where a quoted field holds line breaks. */
  extraLines: Uint32Array | undefined;
}

/**
 * Parses comma-, semicolon- or tab-separated text that comes piece by piece: no more than one piece and one row of it are
 * in memory, and each character is looked at once, whatever the pieces and the rows are like. The delimiter is the one of
 * the three that the first line has most of; blank lines before it are passed over.
 *
 * Its methods throw {@link ReadError} where a quoted field is not closed, or goes on after its closing quote, and where a
 * row or the header is longer than any is.
 */
export class CsvParser {
  readonly #source: string;
  /** The row that has not ended, in pieces. */
  #tail: string[] = [];
  #length = 0;
  /** Line in which the tail begins. */
  #line = 1;
  #blank = true;
  readonly #firstLine = new FirstLine();
  #dialect: Dialect | undefined;
  #ends!: RowEnds;
  #quoted = false;

  /** A \r that the last piece ended with, to which a \n may belong. */
  #held = '';

  /** @param source name of the file, for messages */
  constructor(source: string) {
    this.#source = source;
  }

  /** The rows that end with this piece of text, undefined where none does. */
  push(piece: string): RowBlock | undefined {
    const all = this.#held + piece;
    this.#held = all.endsWith('\r') ? '\r' : '';
    return this.#add(this.#held === '' ? all : all.slice(0, -1));
  }

  /** The rows that are left when there is no more text. */
  end(): RowBlock | undefined {
    const first = this.#add(this.#held);
    this.#held = '';
    return joined(first, joined(this.#header(), this.#last()));
  }

  #add(piece: string): RowBlock | undefined {
    const text = this.#blank ? this.#withoutBlankLines(piece) : piece;
    if (text === '' || this.#blank) return undefined;
    if (this.#dialect) return this.#rowsOf(text);
    const dialect = this.#firstLine.next(text);
    this.#keep(text);
    if (dialect) return this.#begin(dialect);
    if (this.#length > LONGEST_HEADER) {
      this.#fail(
        `the first line goes on for ${this.#length} characters: expected a header and a line end`,
      );
    }
    return undefined;
  }

  /** The header where no line end follows it. */
  #header(): RowBlock | undefined {
    if (this.#dialect || this.#blank || this.#length === 0) return undefined;
    return this.#begin(this.#firstLine.dialect('\n'));
  }

  /** The row that no line end follows. */
  #last(): RowBlock | undefined {
    if (this.#length === 0 || this.#blank) return undefined;
    if (this.#ends.open) this.#fail('a quoted field is not closed: expected a closing "');
    return this.#cut('', 0);
  }

  /** Drops what comes before the first line that is not blank, but for blanks in that line. */
  #withoutBlankLines(piece: string): string {
    const first = piece.search(/\S/);
    const blank = first < 0 ? piece : piece.slice(0, first);
    const begin = Math.max(blank.lastIndexOf('\n'), blank.lastIndexOf('\r')) + 1;
    if (begin > 0) {
      this.#line += breaksIn(blank);
      this.#tail = [];
      this.#length = 0;
    }
    if (first >= 0) {
      this.#blank = false;
      // Blanks of the line that began in an earlier piece.
      const text = this.#tail.join('') + piece.slice(begin);
      this.#tail = [];
      this.#length = 0;
      return text;
    }
    this.#keep(piece.slice(begin));
    this.#checkLength();
    return '';
  }

  #keep(text: string): void {
    if (text === '') return;
    this.#tail.push(text);
    this.#length += text.length;
  }

  #begin(dialect: Dialect): RowBlock | undefined {
    this.#dialect = dialect;
    this.#ends = new RowEnds(dialect.delimiter, dialect.end);
    const text = this.#tail.join('');
    this.#tail = [];
    this.#length = 0;
    return this.#rowsOf(text);
  }

  #rowsOf(piece: string): RowBlock | undefined {
    const { end, quoted, broken } = this.#ends.next(piece);
    this.#quoted ||= quoted;
    if (broken) {
      this.#line += breaksIn(end === 0 ? '' : this.#tail.join('') + piece.slice(0, end));
      this.#fail('a quoted field goes on after its closing ": expected a separator or a line end');
    }
    if (end > 0) return this.#cut(piece, end);
    this.#keep(piece);
    this.#checkLength();
    return undefined;
  }

  /** The rows of the tail and of the piece up to `end`, after which the tail is the rest of the piece. */
  #cut(piece: string, end: number): RowBlock | undefined {
    const dialect = this.#dialect!;
    const text = this.#tail.join('') + piece.slice(0, end);
    const rest = piece.slice(end);
    const block = this.#quoted
      ? splitQuoted(text, dialect)
      : { rows: splitPlain(text, dialect), extraLines: undefined };
    const line = this.#line;
    this.#line += block.rows.length + (block.extraLines?.reduce((a, b) => a + b, 0) ?? 0);
    this.#tail = rest === '' ? [] : [rest];
    this.#length = rest.length;
    // A quote that the rest begins with is in the rest.
    this.#quoted = rest.includes('"');
    return block.rows.length === 0 ? undefined : { ...block, line };
  }

  #checkLength(): void {
    if (this.#length <= LONGEST_TOKEN) return;
    const what = this.#dialect && this.#ends.open ? 'a quoted field' : 'a row';
    const expected = this.#dialect && this.#ends.open ? 'a closing "' : 'a line end';
    this.#fail(`${what} goes on for ${this.#length} characters: expected ${expected}`);
  }

  #fail(message: string): never {
    throw new ReadError(message, { source: this.#source, line: this.#line });
  }
}

const breaksIn = (text: string): number => text.match(/\r\n|\n|\r/g)?.length ?? 0;

/** Two blocks, one after the other, of which either may be missing. */
function joined(a: RowBlock | undefined, b: RowBlock | undefined): RowBlock | undefined {
  if (!a || !b) return a ?? b;
  const rows = a.rows.concat(b.rows);
  const extraLines = new Uint32Array(rows.length);
  if (a.extraLines) extraLines.set(a.extraLines);
  if (b.extraLines) extraLines.set(b.extraLines, a.rows.length);
  return { rows, line: a.line, extraLines };
}

/**
 * Rows of a table, a block at a time, as {@link CsvParser} gives them.
 *
 * @throws {@link ReadError} as its methods do
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
