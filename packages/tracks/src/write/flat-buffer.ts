/** A field of a table of a FlatBuffer; undefined is one that is left out. */
export type FlatField =
  | { int: number; bits: 8 | 16 | 32 | 64 }
  | string
  | FlatFields
  | readonly FlatFields[]
  /** Structs of integers of 64 bits, one after the other. */
  | { structs: readonly number[]; perItem: number }
  | undefined;

/** The fields of a table, by their numbers. */
export interface FlatFields {
  fields: readonly FlatField[];
}

/**
 * A FlatBuffer, in the order in which it is told: each table behind what points at it, which the format leaves free.
 *
 * Source: FlatBuffers, "Internals" (flatbuffers.dev/internals).
 */
export function flatBuffer(root: FlatFields): Uint8Array<ArrayBuffer> {
  let view = new DataView(new ArrayBuffer(1024));
  let end = 4;
  const take = (bytes: number, alignment: number, after = 0): number => {
    // Aligned is what stands so many bytes behind the place.
    const at = Math.ceil((end + after) / alignment) * alignment - after;
    end = at + bytes;
    if (end > view.byteLength) {
      const larger = new Uint8Array(2 * end);
      larger.set(new Uint8Array(view.buffer));
      view = new DataView(larger.buffer);
    }
    return at;
  };
  const point = (at: number, target: number) => view.setUint32(at, target - at, true);

  const table = ({ fields }: FlatFields): number => {
    const entries = take(4 + 2 * fields.length, 8);
    const at = take(4, 8);
    view.setInt32(at, at - entries, true);
    const places = fields.map((field, i) => {
      if (field === undefined) return 0;
      const bits = typeof field === 'object' && 'bits' in field ? field.bits : 32;
      const place = take(bits / 8, bits / 8);
      view.setUint16(entries + 4 + 2 * i, place - at, true);
      return place;
    });
    view.setUint16(entries, 4 + 2 * fields.length, true);
    view.setUint16(entries + 2, end - at, true);
    fields.forEach((field, i) => {
      const place = places[i];
      if (field === undefined) return;
      if (typeof field === 'string') point(place, text(field));
      else if ('int' in field) integer(place, field.int, field.bits);
      else if ('structs' in field) point(place, structs(field.structs, field.perItem));
      else point(place, 'fields' in field ? table(field) : tables(field));
    });
    return at;
  };
  const integer = (at: number, value: number, bits: number) => {
    if (bits === 8) view.setInt8(at, value);
    else if (bits === 16) view.setInt16(at, value, true);
    else if (bits === 32) view.setInt32(at, value, true);
    else view.setBigInt64(at, BigInt(value), true);
  };
  const text = (value: string): number => {
    const bytes = new TextEncoder().encode(value);
    // A text ends with a zero that is not counted.
    const at = take(4 + bytes.length + 1, 4);
    view.setUint32(at, bytes.length, true);
    new Uint8Array(view.buffer).set(bytes, at + 4);
    return at;
  };
  const tables = (list: readonly FlatFields[]): number => {
    const at = take(4 + 4 * list.length, 4);
    view.setUint32(at, list.length, true);
    list.forEach((fields, i) => {
      point(at + 4 + 4 * i, table(fields));
    });
    return at;
  };
  const structs = (values: readonly number[], perItem: number): number => {
    const at = take(4 + 8 * values.length, 8, 4);
    view.setUint32(at, values.length / perItem, true);
    values.forEach((value, i) => {
      view.setBigInt64(at + 4 + 8 * i, BigInt(value), true);
    });
    return at;
  };

  point(0, table(root));
  return new Uint8Array(view.buffer.slice(0, Math.ceil(end / 8) * 8));
}
