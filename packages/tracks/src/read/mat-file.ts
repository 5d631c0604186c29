import { ReadError } from '../errors.ts';
import { chunks, joinBytes, through } from './bytes.ts';
import { allowedBytes, checkDeclared } from './declared-size.ts';
import { packedPieces } from './unpack.ts';

/** A value of a MATLAB file: an array of numbers, a text, a cell, a struct; anything else by the name of its kind. */
export type MatValue =
  | { kind: 'numbers'; shape: number[]; values: Float64Array }
  | { kind: 'text'; text: string }
  | { kind: 'cell'; shape: number[]; values: MatValue[] }
  | { kind: 'struct'; shape: number[]; fields: Map<string, MatValue[]> }
  | { kind: 'other'; what: string };

/** Data types of elements (mi…). */
const COMPRESSED = 15;
const MATRIX = 14;

/** Widths of the numbers that an element may hold, by its type. */
const WIDTHS: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 2,
  5: 4,
  6: 4,
  7: 4,
  9: 8,
  12: 8,
  13: 8,
  16: 1,
  17: 2,
  18: 4,
};

const DEEPEST = 20;

/**
 * The variables of a MATLAB file of version 5 to 7 (`save -v7`, scipy's `savemat`), by their names. What they hold but
 * numbers, texts, cells and structs, as sparse arrays, functions and objects (MATLAB's `table` is one), is named and not
 * read.
 *
 * @throws {@link ReadError} where the data end early, are damaged, or unpack to more than they may
 *
 * Source: MathWorks, MAT-File Format (R2023b), "Level 5".
 */
export async function matVariables(
  bytes: Uint8Array<ArrayBuffer>,
  source: string,
  most: number | undefined,
): Promise<Map<string, MatValue>> {
  const fail = (message: string): never => {
    throw new ReadError(message, { source });
  };
  if (bytes.length < 128) fail('the MATLAB file ends early: expected a header of 128 bytes');
  const header = new TextDecoder('latin1').decode(bytes.subarray(0, 116));
  const mark = String.fromCharCode(bytes[126], bytes[127]);
  const little = mark === 'IM';
  const version = new DataView(bytes.buffer, bytes.byteOffset).getUint16(124, little);
  if (header.startsWith('MATLAB 7.3') || version === 0x200) {
    fail(
      "the MATLAB file is of version 7.3, which is HDF5: expected version 7; in MATLAB, save(file, 'name', '-v7')",
    );
  }
  if (mark !== 'IM' && mark !== 'MI') {
    fail('the file does not begin as a MATLAB file does: expected version 5 to 7');
  }
  const allowed = allowedBytes(bytes.length, most);
  const found = new Map<string, MatValue>();
  let unpacked = 0;
  let at = 128;
  while (at + 8 <= bytes.length) {
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const type = view.getUint32(at, little);
    const size = view.getUint32(at + 4, little);
    const from = at + 8;
    if (size > bytes.length - from) {
      fail(
        `an element has ${size} bytes where ${bytes.length - from} are left: the file ends early`,
      );
    }
    const data = bytes.subarray(from, from + size);
    // Elements end at multiples of 8 bytes; packed ones do not.
    at = from + (type === COMPRESSED ? size : Math.ceil(size / 8) * 8);
    let element: Uint8Array = data;
    if (type === COMPRESSED) {
      element = await inflate(data, allowed - unpacked, allowed, source);
      unpacked += element.length;
      if (element.length < 8) fail('the packed data of a variable end early');
      const inner = new DataView(element.buffer, element.byteOffset);
      if (inner.getUint32(0, little) !== MATRIX) continue;
      const length = inner.getUint32(4, little);
      if (length > element.length - 8) fail('the packed data of a variable end early');
      element = element.subarray(8, 8 + length);
    } else if (type !== MATRIX) {
      continue;
    }
    try {
      const { name, value } = new MatrixReader(element, little).matrix(0);
      if (name !== '') found.set(name, value);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      fail(`a variable of the MATLAB file is damaged (${error.message})`);
    }
  }
  if (found.size === 0) fail('there are no variables: expected at least one');
  return found;
}

async function inflate(
  data: Uint8Array,
  left: number,
  allowed: number,
  source: string,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const packed = packedPieces(chunks(data));
  try {
    for await (const piece of through(packed, new DecompressionStream('deflate'))) {
      length += piece.length;
      if (length > left) checkDeclared(allowed - left + length, allowed, 'the file', source);
      pieces.push(piece);
    }
  } catch (error) {
    if (error instanceof ReadError) throw error;
    throw new ReadError('the packed data of a variable end early or are damaged', { source });
  }
  return joinBytes(pieces);
}

/** Reads one matrix; a RangeError says what is wrong with it. */
class MatrixReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #little: boolean;
  #at = 0;

  constructor(bytes: Uint8Array, little: boolean) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#little = little;
  }

  matrix(depth: number): { name: string; value: MatValue } {
    if (depth > DEEPEST) throw new RangeError('it is nested too deep');
    // An empty matrix, as in a cell, may have nothing at all.
    if (this.#at >= this.#bytes.length && depth > 0) {
      return { name: '', value: { kind: 'numbers', shape: [0, 0], values: new Float64Array(0) } };
    }
    const flags = this.#numbers();
    const kind = (flags[0] ?? 0) & 255;
    if (kind === 17 || kind === 16) {
      return { name: '', value: { kind: 'other', what: kind === 17 ? 'an object' : 'a function' } };
    }
    const shape = Array.from(this.#numbers());
    const name = this.#text();
    const count = shape.reduce((product, n) => product * n, 1);
    if (shape.some((n) => !(n >= 0)) || !(count <= this.#bytes.length * 8)) {
      throw new RangeError(`its size is ${shape.join(' × ')}`);
    }
    if (kind === 1) {
      this.#checkCells(count);
      const values = Array.from({ length: count }, () => this.#inner(depth));
      return { name, value: { kind: 'cell', shape, values } };
    }
    if (kind === 2) return { name, value: this.#struct(shape, count, depth) };
    if (kind === 4) return { name, value: { kind: 'text', text: this.#text() } };
    if (kind >= 6 && kind <= 15) {
      const values = this.#numbers();
      if (values.length !== count) {
        throw new RangeError(`it has ${values.length} numbers for a size of ${shape.join(' × ')}`);
      }
      return { name, value: { kind: 'numbers', shape, values } };
    }
    const what = kind === 3 ? 'an object' : kind === 5 ? 'a sparse array' : `of the kind ${kind}`;
    return { name, value: { kind: 'other', what } };
  }

  #struct(shape: number[], count: number, depth: number): MatValue {
    const width = this.#numbers()[0] ?? 0;
    const text = this.#text();
    if (!(width > 0)) {
      if (text.length > 0) throw new RangeError('its names of fields have no length');
      return { kind: 'struct', shape, fields: new Map() };
    }
    const names: string[] = [];
    for (let from = 0; from < text.length; from += width) {
      names.push(text.slice(from, from + width).replace(/\0[\s\S]*$/, ''));
    }
    this.#checkCells(count * names.length);
    const fields = new Map<string, MatValue[]>(names.map((name) => [name, []]));
    for (let i = 0; i < count; i++) {
      for (const name of names) fields.get(name)!.push(this.#inner(depth));
    }
    return { kind: 'struct', shape, fields };
  }

  /** Each value has a head of 8 bytes at least. */
  #checkCells(count: number): void {
    if (count * 8 > this.#bytes.length - this.#at) {
      throw new RangeError(`it is said to have ${count} parts, and ends early`);
    }
  }

  #inner(depth: number): MatValue {
    const { type, from, to } = this.#element();
    if (type !== MATRIX) throw new RangeError(`a part is of the type ${type}`);
    return new MatrixReader(this.#bytes.subarray(from, to), this.#little).matrix(depth + 1).value;
  }

  #element(): { type: number; from: number; to: number } {
    const head = this.#view.getUint32(this.#at, this.#little);
    // A small element has its size beside its type, and its data in the other half of the head.
    const small = head >>> 16 !== 0;
    const type = small ? head & 0xffff : head;
    const size = small ? head >>> 16 : this.#view.getUint32(this.#at + 4, this.#little);
    const from = this.#at + (small ? 4 : 8);
    const to = from + size;
    if (to > this.#bytes.length || (small && size > 4)) throw new RangeError('it ends early');
    this.#at = Math.min(this.#bytes.length, small ? this.#at + 8 : from + Math.ceil(size / 8) * 8);
    return { type, from, to };
  }

  #numbers(): Float64Array {
    const { type, from, to } = this.#element();
    const width = WIDTHS[type];
    if (width === undefined) throw new RangeError(`numbers are of the type ${type}`);
    const values = new Float64Array(Math.floor((to - from) / width));
    const [view, little] = [this.#view, this.#little];
    for (let i = 0, at = from; i < values.length; i++, at += width) {
      if (type === 9) values[i] = view.getFloat64(at, little);
      else if (type === 7) values[i] = view.getFloat32(at, little);
      else if (type === 1) values[i] = view.getInt8(at);
      else if (type === 2 || type === 16) values[i] = view.getUint8(at);
      else if (type === 3) values[i] = view.getInt16(at, little);
      else if (type === 4 || type === 17) values[i] = view.getUint16(at, little);
      else if (type === 5) values[i] = view.getInt32(at, little);
      else if (type === 6 || type === 18) values[i] = view.getUint32(at, little);
      else if (type === 12) values[i] = Number(view.getBigInt64(at, little));
      else values[i] = Number(view.getBigUint64(at, little));
    }
    return values;
  }

  #text(): string {
    const { type, from, to } = this.#element();
    const bytes = this.#bytes.slice(from, to);
    if (type === 16 || type === 1 || type === 2) return new TextDecoder('utf-8').decode(bytes);
    if (type === 4 || type === 17) {
      return new TextDecoder(this.#little ? 'utf-16le' : 'utf-16be').decode(bytes);
    }
    throw new RangeError(`a text is of the type ${type}`);
  }
}
