import { ReadError } from '../errors.ts';
import { type Dim, Tracks } from '../tracks.ts';
import type { FormatResult } from './format-result.ts';
import { Growable } from './growable.ts';
import { NumberReader } from './numbers.ts';

/**
 * Reads the text files of the AnDi challenge: one track per row, `dim;x₁;…;x_L;y₁;…;y_L;z₁;…;z_L`, without a header.
 * The trackColumn `track` is the row, from 0. A row that was cut off after a whole number of coordinates is a shorter
 * track to the format; any other cut is an error.
 */
export async function readAndi(text: AsyncIterable<string>, source: string): Promise<FormatResult> {
  const rows = new AndiRows(source);
  let line = 1;
  let tail = '';
  for await (const piece of text) {
    let from = 0;
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', from)) {
      rows.add(tail + piece.slice(from, end), line++);
      tail = '';
      from = end + 1;
    }
    tail += piece.slice(from);
  }
  rows.add(tail, line);
  return { tracks: rows.finish(), found: {} };
}

class AndiRows {
  readonly #source: string;
  readonly #number = new NumberReader();
  readonly #positions = new Growable(Float64Array);
  readonly #offsets = new Growable(Uint32Array);
  #row = new Float64Array(1024);
  #dim: Dim | undefined;

  constructor(source: string) {
    this.#source = source;
    this.#offsets.push(0);
  }

  add(text: string, line: number): void {
    if (text.trim() === '') return;
    const where = { source: this.#source, line };
    let count = -1;
    let dim = 0;
    const end = text.trimEnd().replace(/;$/, '').length;
    for (let from = 0; from <= end; ) {
      let to = text.indexOf(';', from);
      if (to < 0 || to > end) to = end;
      const field = text.slice(from, to);
      const value = this.#number.read(field);
      from = to + 1;
      if (count < 0) {
        if (value !== 1 && value !== 2 && value !== 3) {
          throw new ReadError(`is ${JSON.stringify(field.slice(0, 20))}: expected 1, 2 or 3`, {
            ...where,
            column: 'dim',
          });
        }
        dim = value;
      } else {
        if (Number.isNaN(value)) {
          const what = field.trim() === '' ? 'empty' : JSON.stringify(field.slice(0, 20));
          throw new ReadError(`is ${what}: expected a number`, {
            ...where,
            column: `${count + 2}`,
          });
        }
        if (count === this.#row.length) this.#grow();
        this.#row[count] = value;
      }
      count++;
    }
    this.#dim ??= dim as Dim;
    if (dim !== this.#dim) {
      throw new ReadError(`is ${dim}: expected ${this.#dim}, as in the rows before`, {
        ...where,
        column: 'dim',
      });
    }
    if (count < dim || count % dim !== 0) {
      throw new ReadError(
        `the row has ${count} coordinates: expected a multiple of its ${dim} dimensions`,
        where,
      );
    }
    const length = count / dim;
    for (let p = 0; p < length; p++) {
      for (let axis = 0; axis < dim; axis++) this.#positions.push(this.#row[axis * length + p]);
    }
    this.#offsets.push(this.#positions.length / dim);
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
      trackColumns: { track: Float64Array.from({ length: offsets.length - 1 }, (_, i) => i) },
    });
  }

  #grow(): void {
    const larger = new Float64Array(this.#row.length * 2);
    larger.set(this.#row);
    this.#row = larger;
  }
}
