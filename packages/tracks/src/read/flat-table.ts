import { readBudget } from './read-budget.ts';

/**
 * A table of a FlatBuffer, the form in which Arrow writes what it says of its columns: fields by their number, each of
 * which may be missing. Nothing is read beyond the buffer, and nothing is made for a vector that does not fit into it, or for
 * texts and vectors that together are several times as long, since they point at the same bytes.
 *
 * @throws {RangeError} from any method, where what is asked for lies outside
 *
 * Source: FlatBuffers, "Internals" (flatbuffers.dev/internals).
 */
export class FlatTable {
  readonly #view: DataView;
  readonly #at: number;
  readonly #fields: number;
  readonly #size: number;
  /** Of the whole buffer. */
  readonly #spend: (bytes: number) => void;

  private constructor(view: DataView, at: number, spend: (bytes: number) => void) {
    this.#view = view;
    this.#at = at;
    this.#spend = spend;
    this.#fields = at - view.getInt32(at, true);
    this.#size = view.getUint16(this.#fields, true);
  }

  /** The table that a buffer begins with. */
  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new FlatTable(view, view.getUint32(0, true), readBudget(bytes.length));
  }

  byte(field: number, missing = 0): number {
    const at = this.#place(field);
    return at === undefined ? missing : this.#view.getInt8(at);
  }

  short(field: number, missing = 0): number {
    const at = this.#place(field);
    return at === undefined ? missing : this.#view.getInt16(at, true);
  }

  int(field: number, missing = 0): number {
    const at = this.#place(field);
    return at === undefined ? missing : this.#view.getInt32(at, true);
  }

  long(field: number, missing = 0): number {
    const at = this.#place(field);
    return at === undefined ? missing : Number(this.#view.getBigInt64(at, true));
  }

  text(field: number): string | undefined {
    const at = this.#target(field);
    if (at === undefined) return undefined;
    const bytes = this.#view.getUint32(at, true);
    if (bytes > this.#view.byteLength - at - 4) throw new RangeError('a text beyond its buffer');
    this.#spend(bytes);
    return new TextDecoder().decode(
      new Uint8Array(this.#view.buffer, this.#view.byteOffset + at + 4, bytes),
    );
  }

  table(field: number): FlatTable | undefined {
    const at = this.#target(field);
    return at === undefined ? undefined : new FlatTable(this.#view, at, this.#spend);
  }

  tables(field: number): FlatTable[] {
    const { at, count } = this.#vector(field, 4);
    return Array.from({ length: count }, (_, i) => {
      const place = at + 4 * i;
      return new FlatTable(this.#view, place + this.#view.getUint32(place, true), this.#spend);
    });
  }

  /** A vector of integers of 64 bits; a struct of two of them is two. */
  longs(field: number, perItem = 1): number[] {
    const { at, count } = this.#vector(field, 8 * perItem);
    return Array.from({ length: count * perItem }, (_, i) =>
      Number(this.#view.getBigInt64(at + 8 * i, true)),
    );
  }

  #place(field: number): number | undefined {
    const entry = 4 + 2 * field;
    if (entry + 2 > this.#size) return undefined;
    const offset = this.#view.getUint16(this.#fields + entry, true);
    return offset === 0 ? undefined : this.#at + offset;
  }

  #target(field: number): number | undefined {
    const at = this.#place(field);
    return at === undefined ? undefined : at + this.#view.getUint32(at, true);
  }

  #vector(field: number, stride: number): { at: number; count: number } {
    const start = this.#target(field);
    if (start === undefined) return { at: 0, count: 0 };
    const count = this.#view.getUint32(start, true);
    if (count * stride > this.#view.byteLength - start - 4) {
      throw new RangeError('a vector beyond its buffer');
    }
    this.#spend(count * stride);
    return { at: start + 4, count };
  }
}
