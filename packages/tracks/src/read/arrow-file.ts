import { ReadError } from '../errors.ts';
import { checkDeclared } from './declared-size.ts';
import { FlatTable } from './flat-table.ts';
import { unpackLz4Frame } from './lz4-frame.ts';
import { readBudget } from './read-budget.ts';
import { type Unzstd, unpackZstd } from './zstd-frame.ts';

/** The columns of an Arrow file that are numbers, truths, times or texts, in pieces: one for each batch of rows. */
export interface ArrowColumns {
  /** Values by the name of the column: null is a missing one; NaN, too, in a Float64Array. */
  pieces: Map<string, (Float64Array | unknown[])[]>;
  rows: number;
  metadata: Map<string, string>;
}

/** Kinds of messages. */
const SCHEMA = 1;
const DICTIONARY = 2;
const RECORDS = 3;

/** Kinds of types that are read. */
const NULL = 1;
const INT = 2;
const FLOAT = 3;
const UTF8 = 5;
const BOOL = 6;
const DATE = 8;
const TIME = 9;
const TIMESTAMP = 10;
const LIST = 12;
const STRUCT = 13;
const UNION = 14;
const FIXED_LIST = 16;
const MAP = 17;
const DURATION = 18;
const LARGE_UTF8 = 20;
const LARGE_LIST = 21;
const RUN_ENDS = 22;
const BINARY_VIEW = 23;
const UTF8_VIEW = 24;
const LIST_VIEW = 25;
const LARGE_LIST_VIEW = 26;

/** How many buffers a column has of its own, by its type: validity and values, unless told here. */
const BUFFERS: Readonly<Record<number, number>> = {
  [NULL]: 0,
  [STRUCT]: 1,
  [FIXED_LIST]: 1,
  [RUN_ENDS]: 0,
  4: 3,
  19: 3,
  [UTF8]: 3,
  [LARGE_UTF8]: 3,
  [LIST_VIEW]: 3,
  [LARGE_LIST_VIEW]: 3,
};

const NESTED = new Set([
  LIST,
  STRUCT,
  UNION,
  FIXED_LIST,
  MAP,
  LARGE_LIST,
  RUN_ENDS,
  LIST_VIEW,
  LARGE_LIST_VIEW,
]);
const DEEPEST = 64;

type NumberArray = new (
  buffer: ArrayBuffer,
  from: number,
  length: number,
) => ArrayLike<number | bigint>;

interface Field {
  name: string;
  type: number;
  /** The array of its numbers, or of the codes of a dictionary; undefined for what is no such column. */
  array?: NumberArray;
  half?: boolean;
  /** Its values stand in the dictionary of this number; then `values` says what they are. */
  dictionary?: number;
  values?: Field;
  buffers: number;
  views: boolean;
  children: Field[];
}

/**
 * Reads the flat columns of an Arrow file (IPC, also "Feather 2") or stream. Nested columns, bytes and decimals are left
 * out. What the file says of its sizes is checked before anything of that size is made.
 *
 * It is read here and by no library, since those that there are (apache-arrow, flechette) take lengths of vectors as
 * they stand: some damaged files fill the memory or never end.
 *
 * @param allowed how many bytes may be made of it
 * @throws {@link ReadError} where it is wrong; {@link RangeError} where something in it lies beyond its place
 *
 * Source: Apache Arrow, "Arrow Columnar Format" 1.5 (arrow.apache.org/docs/format/Columnar.html), Message.fbs, Schema.fbs.
 */
export function arrowColumns(
  bytes: Uint8Array<ArrayBuffer>,
  allowed: number,
  source: string,
  unzstd: Unzstd,
): ArrowColumns {
  let fields: Field[] | undefined;
  const found: ArrowColumns = { pieces: new Map(), rows: 0, metadata: new Map() };
  const dictionaries = new Map<number, unknown[]>();
  const valuesOf = new Map<number, Field>();
  let made = 0;
  const make = (more: number) => {
    made += more;
    checkDeclared(made, allowed, 'the file', source);
  };
  for (const { type, header, body } of messages(bytes, source)) {
    if (type === SCHEMA) {
      if (fields) continue;
      if (header.short(0) !== 0) {
        throw new ReadError('the Arrow data are big-endian: expected little-endian', { source });
      }
      fields = header.tables(1).map((table) => fieldOf(table, 0));
      for (const field of fields) {
        if (!isRead(field)) continue;
        const { name, values, dictionary } = field;
        if (dictionary !== undefined && values) valuesOf.set(dictionary, values);
        if (found.pieces.has(name)) {
          throw new ReadError('stands twice: expected columns of different names', {
            source,
            column: name,
          });
        }
        found.pieces.set(name, []);
      }
      for (const entry of header.tables(2)) {
        found.metadata.set(entry.text(0) ?? '', entry.text(1) ?? '');
      }
    } else if (!fields) {
      throw new ReadError('the Arrow data begin without a schema', { source });
    } else if (type === DICTIONARY) {
      const id = header.long(0);
      const field = valuesOf.get(id);
      const batch = header.table(1);
      if (!field || !batch) continue;
      const read = new Batch(batch, body, { unzstd, make, source, dictionaries });
      const values = Array.from(read.column(field, undefined));
      const before = header.byte(2) ? dictionaries.get(id) : undefined;
      make(8 * (before?.length ?? 0));
      dictionaries.set(id, before ? before.concat(values) : values);
    } else if (type === RECORDS) {
      const read = new Batch(header, body, { unzstd, make, source, dictionaries });
      const rows = header.long(0);
      if (!(rows >= 0)) throw new RangeError('a batch of less than no rows');
      for (const field of fields) {
        const pieces = found.pieces.get(field.name);
        if (pieces) pieces.push(read.column(field, rows));
        else read.pass(field);
      }
      found.rows += rows;
    }
  }
  if (!fields) throw new ReadError('the Arrow data end early', { source });
  return found;
}

interface Message {
  type: number;
  header: FlatTable;
  body: Uint8Array<ArrayBuffer>;
}

function messages(bytes: Uint8Array<ArrayBuffer>, source: string): Iterable<Message> {
  return latin(bytes.subarray(0, 6)) === 'ARROW1'
    ? fileMessages(bytes, source)
    : streamMessages(bytes, source);
}

/** The schema and the batches of a file by its table of contents: polars writes no stream before it. */
function* fileMessages(bytes: Uint8Array<ArrayBuffer>, source: string): Generator<Message> {
  if (bytes.length < 18 || latin(bytes.subarray(-6)) !== 'ARROW1') {
    throw new ReadError('the Arrow data end early: expected ARROW1 at their end', { source });
  }
  const end = bytes.length - 10;
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(end, true);
  if (size > end) throw new RangeError('a table of contents beyond the file');
  const contents = FlatTable.root(bytes.subarray(end - size, end));
  const schema = contents.table(1);
  if (schema) yield { type: SCHEMA, header: schema, body: bytes.subarray(0, 0) };
  // A dictionary of a file is for all of its batches, wherever it stands.
  const blocks = [...contents.longs(2, 3), ...contents.longs(3, 3)];
  const spend = readBudget(bytes.length);
  for (let i = 0; i < blocks.length; i += 3) {
    const found = messageAt(bytes, blocks[i], source);
    if (!found) continue;
    spend(found.end - blocks[i]);
    if (found.message) yield found.message;
  }
}

function* streamMessages(bytes: Uint8Array<ArrayBuffer>, source: string): Generator<Message> {
  // A stream may stop after any of its messages.
  for (let at = 0; at + 4 <= bytes.length; ) {
    const found = messageAt(bytes, at, source);
    if (!found) return;
    if (found.message) yield found.message;
    at = found.end;
  }
}

/** The message at a place, and where it ends; undefined at the mark that is the end of a stream. */
function messageAt(
  bytes: Uint8Array<ArrayBuffer>,
  from: number,
  source: string,
): { message?: Message; end: number } | undefined {
  const early = () => new ReadError('the Arrow data end early', { source });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = from + 4;
  let size = view.getInt32(from, true);
  // Old programs write no mark before the size.
  if (size === -1) {
    if (at + 4 > bytes.length) throw early();
    size = view.getInt32(at, true);
    at += 4;
  }
  if (size === 0) return undefined;
  if (size < 0 || size > bytes.length - at) throw early();
  const told = FlatTable.root(bytes.subarray(at, at + size));
  at += size;
  const length = told.long(3);
  if (!(length >= 0 && length <= bytes.length - at)) throw early();
  const header = told.table(2);
  const body = bytes.subarray(at, at + length);
  return { message: header && { type: told.byte(1), header, body }, end: at + length };
}

const latin = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

function fieldOf(table: FlatTable, depth: number): Field {
  if (depth > DEEPEST) throw new RangeError('columns without an end');
  const type = table.byte(2);
  const kind = table.table(3);
  const children = table.tables(5).map((child) => fieldOf(child, depth + 1));
  const plain: Field = {
    name: table.text(0) ?? '',
    type,
    ...arrayOf(type, kind),
    buffers: BUFFERS[type] ?? 2,
    views: type === UTF8_VIEW || type === BINARY_VIEW,
    children: NESTED.has(type) ? children : [],
  };
  // Of a dense union there are types and offsets; of a sparse one types alone.
  if (type === UNION) plain.buffers = kind?.short(0) === 1 ? 2 : 1;
  const encoding = table.table(4);
  if (!encoding) return plain;
  const index = encoding.table(1);
  return {
    ...plain,
    type: INT,
    array: index ? intArray(index) : Int32Array,
    half: false,
    dictionary: encoding.long(0),
    values: plain,
    buffers: 2,
    views: false,
    children: [],
  };
}

function arrayOf(
  type: number,
  kind: FlatTable | undefined,
): { array?: NumberArray; half?: boolean } {
  if (type === INT && kind) return { array: intArray(kind) };
  if (type === FLOAT && kind) {
    const precision = kind.short(0);
    if (precision === 0) return { array: Uint16Array, half: true };
    return { array: precision === 1 ? Float32Array : Float64Array };
  }
  // Of a date or a time is asked for nothing more than a number.
  if (type === DATE) return { array: kind?.short(0, 1) === 0 ? Int32Array : BigInt64Array };
  if (type === TIME) {
    return { array: (kind?.int(1, 32) ?? 32) === 32 ? Int32Array : BigInt64Array };
  }
  if (type === TIMESTAMP || type === DURATION) return { array: BigInt64Array };
  return {};
}

function intArray(kind: FlatTable): NumberArray {
  const signed = kind.byte(1) !== 0;
  const arrays: Readonly<Record<number, NumberArray>> = signed
    ? { 8: Int8Array, 16: Int16Array, 32: Int32Array, 64: BigInt64Array }
    : { 8: Uint8Array, 16: Uint16Array, 32: Uint32Array, 64: BigUint64Array };
  const bits = kind.int(0);
  if (!arrays[bits]) throw new RangeError(`integers of ${bits} bits`);
  return arrays[bits];
}

const isText = (type: number): boolean =>
  type === UTF8 || type === LARGE_UTF8 || type === UTF8_VIEW;

/** Whether a column is numbers, truths, times or texts, or codes of these. */
const isRead = ({ type, array, values }: Field): boolean =>
  values ? isRead(values) : array !== undefined || type === NULL || type === BOOL || isText(type);

interface Surroundings {
  unzstd: Unzstd;
  /** Told how many bytes will be made. */
  make(bytes: number): void;
  source: string;
  dictionaries: ReadonlyMap<number, unknown[]>;
}

/** A batch of rows, whose columns are read in their order, each with the next of its buffers. */
class Batch {
  readonly #body: Uint8Array<ArrayBuffer>;
  readonly #around: Surroundings;
  readonly #nodes: number[];
  readonly #buffers: number[];
  readonly #views: number[];
  readonly #packing: FlatTable | undefined;
  readonly #spend: (bytes: number) => void;
  #node = 0;
  #buffer = 0;
  #view = 0;

  constructor(header: FlatTable, body: Uint8Array<ArrayBuffer>, around: Surroundings) {
    this.#body = body;
    this.#around = around;
    this.#nodes = header.longs(1, 2);
    this.#buffers = header.longs(2, 2);
    this.#packing = header.table(3);
    this.#views = header.longs(4);
    this.#spend = readBudget(body.length);
  }

  /** Passes over a column that is left out. */
  pass(field: Field): void {
    this.#nextNode();
    this.#buffer += field.buffers;
    if (field.views) this.#buffer += this.#views[this.#view++] ?? 0;
    for (const child of field.children) this.pass(child);
  }

  /** @param rows how many it must have; any number where undefined. */
  column(field: Field, rows: number | undefined): Float64Array | unknown[] {
    const { length, missing } = this.#nextNode();
    if (!(length >= 0) || (rows !== undefined && length !== rows)) {
      throw new ReadError(`has ${length} rows in a batch of ${rows}`, {
        source: this.#around.source,
        column: field.name,
      });
    }
    this.#around.make(8 * length);
    if (field.type === NULL) return new Float64Array(length).fill(NaN);
    const validity = this.#next();
    const known = missing !== 0 && validity.length > 0;
    if (known && validity.length < Math.ceil(length / 8)) throw new RangeError('validity ends');
    const isMissing = (i: number) => known && (validity[i >> 3] & (1 << (i & 7))) === 0;
    if (isText(field.type)) return this.#texts(field, length, isMissing);
    const data = this.#next();
    if (field.type === BOOL) {
      if (data.length < Math.ceil(length / 8)) throw new RangeError('truths end');
      return Float64Array.from({ length }, (_, i) =>
        isMissing(i) ? NaN : (data[i >> 3] >> (i & 7)) & 1,
      );
    }
    const values = typed(data, field.array!, length);
    if (field.dictionary !== undefined) {
      const words = this.#around.dictionaries.get(field.dictionary) ?? [];
      return Array.from({ length }, (_, i) => {
        if (isMissing(i)) return null;
        const code = Number(values[i]);
        if (!(code >= 0 && code < words.length)) {
          throw new RangeError(`code ${code} of a dictionary of ${words.length}`);
        }
        return words[code];
      });
    }
    if (typeof values[0] === 'bigint') return longs(values as ArrayLike<bigint>, isMissing);
    const numbers = new Float64Array(length);
    for (let i = 0; i < length; i++) {
      const value = values[i] as number;
      numbers[i] = isMissing(i) ? NaN : field.half ? halfFloat(value) : value;
    }
    return numbers;
  }

  #texts({ type }: Field, length: number, isMissing: (i: number) => boolean): unknown[] {
    const decoder = new TextDecoder();
    if (type === UTF8_VIEW) {
      const views = this.#next();
      if (views.length < 16 * length) throw new RangeError('views end');
      const count = this.#views[this.#view++] ?? 0;
      if (!(count >= 0 && count <= this.#buffers.length)) throw new RangeError('views end');
      const data = Array.from({ length: count }, () => this.#next());
      const view = new DataView(views.buffer, views.byteOffset, views.byteLength);
      return Array.from({ length }, (_, i) => {
        if (isMissing(i)) return null;
        const bytes = view.getUint32(16 * i, true);
        if (bytes <= 12) return decoder.decode(views.subarray(16 * i + 4, 16 * i + 4 + bytes));
        const piece = data[view.getUint32(16 * i + 8, true)];
        const from = view.getUint32(16 * i + 12, true);
        if (!piece || from + bytes > piece.length) throw new RangeError('a text beyond its data');
        // Views may share their bytes.
        this.#around.make(bytes);
        return decoder.decode(piece.subarray(from, from + bytes));
      });
    }
    const places = this.#next();
    const data = this.#next();
    if (length === 0) return [];
    const offsets = typed(places, type === UTF8 ? Int32Array : BigInt64Array, length + 1);
    return Array.from({ length }, (_, i) => {
      const from = Number(offsets[i]);
      const to = Number(offsets[i + 1]);
      if (!(from >= 0 && from <= to && to <= data.length)) {
        throw new RangeError('a text beyond its data');
      }
      return isMissing(i) ? null : decoder.decode(data.subarray(from, to));
    });
  }

  /** How many rows the next column has, and how many of them are missing. */
  #nextNode(): { length: number; missing: number } {
    const at = 2 * this.#node++;
    if (at + 1 >= this.#nodes.length) throw new RangeError('too few columns');
    return { length: this.#nodes[at], missing: this.#nodes[at + 1] };
  }

  /** The next buffer, unpacked. */
  #next(): Uint8Array<ArrayBuffer> {
    const at = 2 * this.#buffer++;
    if (at + 1 >= this.#buffers.length) throw new RangeError('too few buffers');
    const from = this.#buffers[at];
    const length = this.#buffers[at + 1];
    if (!(from >= 0 && length >= 0 && from + length <= this.#body.length)) {
      throw new RangeError('a buffer beyond its batch');
    }
    this.#spend(length);
    const bytes = this.#body.subarray(from, from + length);
    if (!this.#packing || length === 0) return bytes;
    const size = Number(new DataView(bytes.buffer, bytes.byteOffset, length).getBigInt64(0, true));
    const packed = bytes.subarray(8);
    if (size === -1) return packed;
    if (!(size >= 0)) throw new RangeError('a buffer of less than no bytes');
    this.#around.make(size);
    const codec = this.#packing.byte(0);
    if (codec === 0) return unpackLz4Frame(packed, size);
    if (codec !== 1) {
      throw new ReadError(`the Arrow data are packed by codec ${codec}: expected LZ4 or zstd`, {
        source: this.#around.source,
      });
    }
    return unpackZstd(packed, size, this.#around.unzstd);
  }
}

function typed(
  bytes: Uint8Array<ArrayBuffer>,
  array: NumberArray,
  length: number,
): ArrayLike<number | bigint> {
  const width = (array as unknown as { BYTES_PER_ELEMENT: number }).BYTES_PER_ELEMENT;
  if (length * width > bytes.length) throw new RangeError('a buffer that is too short');
  // A buffer stands at a multiple of its width, unless the file is damaged or of an old program.
  const whole = bytes.byteOffset % width === 0 ? bytes : bytes.slice();
  return new array(whole.buffer, whole.byteOffset, length);
}

/** Integers of 64 bits as numbers, where numbers hold all of them. */
function longs(
  values: ArrayLike<bigint>,
  isMissing: (i: number) => boolean,
): Float64Array | unknown[] {
  const numbers = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = Number(values[i]);
    if (!isMissing(i) && !Number.isSafeInteger(value)) {
      return Array.from(values, (exact, k) => (isMissing(k) ? null : exact));
    }
    numbers[i] = isMissing(i) ? NaN : value;
  }
  return numbers;
}

/** A number of 16 bits (IEEE 754 binary16). */
function halfFloat(bits: number): number {
  const sign = bits >> 15 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return exponent === 0
    ? sign * fraction * 2 ** -24
    : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
