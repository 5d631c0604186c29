import { ReadError } from '../errors.ts';
import { quote } from '../quote-value.ts';
import { type Dim, Tracks } from '../tracks.ts';
import type { FormatResult } from './format-result.ts';
import { Growable } from './growable.ts';
import { LONGEST_TOKEN } from './limits.ts';
import { NumberReader } from './numbers.ts';

/**
 * Reads the text files of the AnDi challenge: one track per row, `dim;x₁;…;x_L;y₁;…;y_L;z₁;…;z_L`, without a header.
 * The trackColumn `track` is the row, from 0. A row that was cut off after a whole number of coordinates is a shorter
 * track to the format; any other cut is an error. No more of the text than a field and a piece is in memory.
 */
export async function readAndi(text: AsyncIterable<string>, source: string): Promise<FormatResult> {
  const rows = new AndiRows(source);
  /** The field that has not ended, in pieces. */
  let tail: string[] = [];
  let length = 0;
  for await (const piece of text) {
    let from = 0;
    let separator = indexOrEnd(piece, ';', 0);
    let lineEnd = indexOrEnd(piece, '\n', 0);
    for (let to = Math.min(separator, lineEnd); to < piece.length; ) {
      const field = piece.slice(from, to);
      rows.field(length === 0 ? field : tail.join('') + field);
      if (length > 0) {
        tail = [];
        length = 0;
      }
      if (to === lineEnd) {
        rows.endRow();
        lineEnd = indexOrEnd(piece, '\n', to + 1);
      } else {
        separator = indexOrEnd(piece, ';', to + 1);
      }
      from = to + 1;
      to = Math.min(separator, lineEnd);
    }
    if (from === piece.length) continue;
    tail.push(piece.slice(from));
    length += piece.length - from;
    if (length > LONGEST_TOKEN) rows.failOnLength(length);
  }
  rows.field(tail.join(''));
  rows.endRow();
  return { tracks: rows.finish(), found: {} };
}

function indexOrEnd(text: string, what: string, from: number): number {
  const at = text.indexOf(what, from);
  return at < 0 ? text.length : at;
}

class AndiRows {
  readonly #source: string;
  readonly #number = new NumberReader();
  readonly #positions = new Growable(Float64Array);
  readonly #offsets = new Growable(Uint32Array);
  #row = new Float64Array(1024);
  #dim: Dim | undefined;
  #line = 1;
  /** Fields of this row so far. */
  #fields = 0;
  /** Whether the last of them is blank, as it is after the separator that ends some rows. */
  #blank = false;

  constructor(source: string) {
    this.#source = source;
    this.#offsets.push(0);
  }

  field(text: string): void {
    if (this.#blank) this.#failOn('', 'a number', this.#fields);
    this.#fields++;
    const value = this.#number.read(text);
    if (Number.isNaN(value) && text.trim() === '') {
      this.#blank = true;
    } else if (this.#fields === 1) {
      if (value !== 1 && value !== 2 && value !== 3) this.#failOn(text, '1, 2 or 3', 1);
      if (value !== (this.#dim ?? value)) {
        this.#fail(`is ${value}: expected ${this.#dim}, as in the rows before`, 'dim');
      }
      this.#dim ??= value;
    } else {
      if (Number.isNaN(value)) this.#failOn(text, 'a number', this.#fields);
      const count = this.#fields - 2;
      if (count === this.#row.length) this.#grow();
      this.#row[count] = value;
    }
  }

  endRow(): void {
    const fields = this.#fields - (this.#blank ? 1 : 0);
    this.#fields = 0;
    this.#blank = false;
    if (fields > 0) this.#addTrack(fields - 1, this.#dim!);
    this.#line++;
  }

  finish(): Tracks {
    if (this.#dim === undefined) {
      throw new ReadError('the file has no rows: expected dim;x…;y…;z…', { source: this.#source });
    }
    const offsets = this.#offsets.finish();
    return new Tracks({
      positions: this.#positions.finish(),
      offsets,
      dim: this.#dim,
      trackColumns: { track: new Float64Array(offsets.length - 1).map((_, i) => i) },
    });
  }

  failOnLength(length: number): never {
    const column = this.#fields === 0 ? 'dim' : `${this.#fields + 1}`;
    return this.#fail(
      `a number goes on for ${length} characters: expected ; or a line end`,
      column,
    );
  }

  #addTrack(count: number, dim: Dim): void {
    if (count < dim || count % dim !== 0) {
      this.#fail(`the row has ${count} coordinates: expected a multiple of its ${dim} dimensions`);
    }
    const length = count / dim;
    for (let p = 0; p < length; p++) {
      for (let axis = 0; axis < dim; axis++) this.#positions.push(this.#row[axis * length + p]);
    }
    this.#offsets.push(this.#positions.length / dim);
  }

  #failOn(text: string, expected: string, field: number): never {
    const what = text.trim() === '' ? 'empty' : quote(text);
    return this.#fail(`is ${what}: expected ${expected}`, field === 1 ? 'dim' : `${field}`);
  }

  #fail(message: string, column?: string): never {
    throw new ReadError(message, {
      source: this.#source,
      line: this.#line,
      ...(column !== undefined && { column }),
    });
  }

  #grow(): void {
    const larger = new Float64Array(this.#row.length * 2);
    larger.set(this.#row);
    this.#row = larger;
  }
}
