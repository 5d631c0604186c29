import { type Column, isTextColumn, type NumericArray, type TextColumn } from '../column.ts';
import type { Tracks } from '../tracks.ts';
import { type FlatFields, flatBuffer } from './flat-buffer.ts';
import { scalesOf, tableColumnsOf } from './table-columns.ts';

/** Version 5 of the metadata. */
const VERSION = { int: 4, bits: 16 } as const;

/**
 * Tracks as an Arrow file (IPC, "Feather 2"), not packed, a row per point: numbers as they are, texts as codes of a
 * dictionary; the units and the interval are in the metadata of the schema.
 *
 * Source: Apache Arrow, "Arrow Columnar Format" 1.5 (arrow.apache.org/docs/format/Columnar.html), Message.fbs, Schema.fbs,
 * File.fbs.
 */
export function* arrowBytes(
  tracks: Tracks,
  columns: boolean | readonly string[],
): Generator<Uint8Array> {
  const table = [...tableColumnsOf(tracks, columns)];
  const schema = schemaOf(table, scalesOf(tracks));
  let at = 0;
  const counted = function* (...pieces: Uint8Array[]): Generator<Uint8Array> {
    for (const piece of pieces) {
      at += piece.length;
      yield piece;
    }
  };
  /** Places of messages: from, bytes of what is told, bytes of the data. */
  const blocks = { dictionaries: [] as number[], records: [] as number[] };
  const batch = function* (
    list: number[],
    kind: number,
    header: FlatFields,
    buffers: Uint8Array[],
  ) {
    const told = message(kind, header, sumOf(buffers));
    list.push(at, told.length, sumOf(buffers));
    yield* counted(told);
    for (const buffer of buffers) {
      yield* counted(buffer);
      if (buffer.length % 8 > 0) yield* counted(new Uint8Array(8 - (buffer.length % 8)));
    }
  };

  yield* counted(new TextEncoder().encode('ARROW1\0\0'), message(1, schema, 0));
  for (const [id, [, column]] of table.entries()) {
    if (!isTextColumn(column)) continue;
    const buffers = textBuffers(column);
    const values = records(column.dictionary.length, [buffers]);
    const fields = [{ int: id, bits: 64 }, values] as const;
    yield* batch(blocks.dictionaries, 2, { fields }, buffers);
  }
  const perColumn = table.map(([, column]) => [new Uint8Array(0), bytesOf(numbersOf(column))]);
  yield* batch(blocks.records, 3, records(tracks.pointCount, perColumn), perColumn.flat());
  yield* counted(Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0));
  const footer = flatBuffer({
    fields: [
      VERSION,
      schema,
      { structs: blocks.dictionaries, perItem: 3 },
      { structs: blocks.records, perItem: 3 },
    ],
  });
  yield footer;
  yield bytesOf(Int32Array.of(footer.length));
  yield new TextEncoder().encode('ARROW1');
}

const sumOf = (buffers: readonly Uint8Array[]): number =>
  buffers.reduce((sum, { length }) => sum + Math.ceil(length / 8) * 8, 0);

/** What is told of a message, with its length before it. */
function message(kind: number, header: FlatFields, bytes: number): Uint8Array {
  const flat = flatBuffer({
    fields: [VERSION, { int: kind, bits: 8 }, header, { int: bytes, bits: 64 }],
  });
  const told = new Uint8Array(8 + flat.length);
  told.set(bytesOf(Int32Array.of(-1, flat.length)));
  told.set(flat, 8);
  return told;
}

function schemaOf(
  table: readonly (readonly [string, Column])[],
  scales: { key: string; value: string },
): FlatFields {
  return {
    fields: [
      undefined,
      table.map(([name, column], id) => fieldOf(name, column, id)),
      [{ fields: [scales.key, scales.value] }],
    ],
  };
}

/** A column: its name, that nothing of it is missing, its type, and where its texts are. */
function fieldOf(name: string, column: Column, id: number): FlatFields {
  const none: readonly FlatFields[] = [];
  const no = { int: 0, bits: 8 } as const;
  if (isTextColumn(column)) {
    const encoding = { fields: [{ int: id, bits: 64 }, integer(32, true)] } as const;
    return { fields: [name, no, { int: 5, bits: 8 }, { fields: [] }, encoding, none] };
  }
  if (column instanceof Float64Array || column instanceof Float32Array) {
    const precision = column instanceof Float64Array ? 2 : 1;
    const type = { fields: [{ int: precision, bits: 16 }] } as const;
    return { fields: [name, no, { int: 3, bits: 8 }, type, undefined, none] };
  }
  const signed =
    column instanceof Int32Array || column instanceof Int16Array || column instanceof Int8Array;
  const type = integer(8 * column.BYTES_PER_ELEMENT, signed);
  return { fields: [name, no, { int: 2, bits: 8 }, type, undefined, none] };
}

const integer = (bits: number, signed: boolean): FlatFields => ({
  fields: [
    { int: bits, bits: 32 },
    { int: signed ? 1 : 0, bits: 8 },
  ],
});

/** A batch of rows: how many, how many of each column, and where its buffers are, one after the other. */
function records(rows: number, columns: readonly (readonly Uint8Array[])[]): FlatFields {
  let from = 0;
  const places = columns.flat().flatMap(({ length }) => {
    const place = [from, length];
    from += Math.ceil(length / 8) * 8;
    return place;
  });
  return {
    fields: [
      { int: rows, bits: 64 },
      { structs: columns.flatMap(() => [rows, 0]), perItem: 2 },
      { structs: places, perItem: 2 },
    ],
  };
}

/** Validity, of which there is none; where each text begins; the texts. */
function textBuffers({ dictionary }: TextColumn): Uint8Array[] {
  const words = dictionary.map((word) => new TextEncoder().encode(word));
  const offsets = new Int32Array(words.length + 1);
  words.forEach((word, i) => {
    offsets[i + 1] = offsets[i] + word.length;
  });
  const data = new Uint8Array(offsets[words.length]);
  words.forEach((word, i) => {
    data.set(word, offsets[i]);
  });
  return [new Uint8Array(0), bytesOf(offsets), data];
}

const numbersOf = (column: Column): NumericArray =>
  isTextColumn(column) ? Int32Array.from(column.codes) : column;

const bytesOf = ({ buffer, byteOffset, byteLength }: NumericArray): Uint8Array =>
  new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
