import { type Column, isTextColumn, type NumericArray } from '../column.ts';
import { TracksError } from '../errors.ts';
import { swapUnlessLittle } from '../read/byte-order.ts';
import { chunks, through } from '../read/bytes.ts';
import { TRACK_IDS } from '../read/track-prefix.ts';
import { wholeBytes } from '../read/whole-bytes.ts';
import type { Tracks } from '../tracks.ts';
import { tableColumnsOf } from './table-columns.ts';

/** The version of the specification that is written. */
const VERSION = '1.1';

/** Rows of a chunk. */
const CHUNK = 1 << 18;

/** The units that OME-NGFF has names for, which the specification asks for. */
const NGFF: Readonly<Record<string, string>> = {
  nm: 'nanometer',
  µm: 'micrometer',
  mm: 'millimeter',
  m: 'meter',
  s: 'second',
  ms: 'millisecond',
  min: 'minute',
};

/** How NumPy writes the types of columns. */
const DTYPES = {
  Float64Array: ['<f8', 'float64'],
  Float32Array: ['<f4', 'float32'],
  Int32Array: ['<i4', 'int32'],
  Int16Array: ['<i2', 'int16'],
  Int8Array: ['|i1', 'int8'],
  Uint32Array: ['<u4', 'uint32'],
  Uint16Array: ['<u2', 'uint16'],
  Uint8Array: ['|u1', 'uint8'],
} as const;

type Property = {
  values: NumericArray;
  bytes: (from: number, to: number) => Uint8Array;
  dtype: string;
  name: string;
};

/**
 * Tracks as the files of a GEFF graph by their paths, a Zarr group of version 2 whose chunks zlib packs: a node per
 * point, an edge from each to the next of its track, the properties frame, x, y, z, `tracklet` and the further columns
 * that are chosen, with a trackColumn as `track:name` at every node of the track. The axes say the units, and how long a
 * frame is.
 *
 * @throws {@link TracksError} for a column of a name that no folder can have
 *
 * Source: live-image-tracking-tools, geff specification 1.1.
 */
export async function geffFiles(
  tracks: Tracks,
  columns: boolean | readonly string[] = false,
): Promise<Map<string, Uint8Array>> {
  const { dim, offsets, pointCount, count, dt, timeUnit, positionUnit } = tracks;
  const table = tableColumnsOf(tracks, columns);
  const ids = table.get('track')!;
  table.delete('track');
  const files = new Map<string, Uint8Array>();
  const json = (path: string, document: object) => {
    files.set(path, new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`));
  };
  const group = (path: string) => json(`${path}.zgroup`, { zarr_format: 2 });
  const array = async (path: string, property: Property, width = 1) => {
    const rows = property.values.length / width;
    json(`${path}/.zarray`, {
      shape: width === 1 ? [rows] : [rows, width],
      chunks:
        width === 1
          ? [Math.max(1, Math.min(CHUNK, rows))]
          : [Math.max(1, Math.min(CHUNK, rows)), width],
      dtype: property.dtype,
      fill_value: property.dtype.includes('U') ? '' : 0,
      order: 'C',
      filters: null,
      dimension_separator: '.',
      compressor: { id: 'zlib', level: 6 },
      zarr_format: 2,
    });
    for (let chunk = 0; chunk * CHUNK < rows; chunk++) {
      // A chunk at the end is as long as the others.
      const whole = Math.min(CHUNK, rows);
      const to = Math.min(rows, (chunk + 1) * CHUNK);
      const data = property.bytes(chunk * CHUNK * width, to * width);
      const size = (data.length / (to - chunk * CHUNK)) * whole;
      const padded = data.length === size ? data : new Uint8Array(size);
      if (padded !== data) padded.set(data);
      files.set(`${path}/${chunk}${width === 1 ? '' : '.0'}`, await packed(padded));
    }
  };
  for (const path of ['', 'nodes/', 'nodes/props/', 'edges/', 'edges/props/']) group(path);
  await array('nodes/ids', numbers(Uint32Array.from({ length: pointCount }, (_, p) => p)));
  const edges = new Uint32Array(2 * (pointCount - count));
  let at = 0;
  for (let i = 0; i < count; i++) {
    for (let p = offsets[i] + 1; p < offsets[i + 1]; p++) {
      edges[at++] = p - 1;
      edges[at++] = p;
    }
  }
  await array('edges/ids', numbers(edges), 2);
  const properties = new Map<string, Property>();
  for (const [name, column] of table) properties.set(name, propertyOf(column));
  const own = properties.has('tracklet') ? 'tracklet_id' : 'tracklet';
  // The specification has integers there: other ids are beside them.
  const whole = !isTextColumn(ids) && ids.every((id) => id === (id | 0));
  if (whole) {
    properties.set(own, numbers(Int32Array.from(ids)));
  } else {
    const places = new Int32Array(pointCount);
    for (let i = 0; i < count; i++) places.fill(i, offsets[i], offsets[i + 1]);
    properties.set(own, numbers(places));
    properties.set(TRACK_IDS, propertyOf(ids));
  }
  for (const [name, property] of properties) {
    if (/[/\\\0]|^\.{0,2}$/.test(name)) {
      throw new TracksError(
        `a column is called '${name}': expected a name that a folder can have, for .geff`,
      );
    }
    group(`nodes/props/${name}/`);
    await array(`nodes/props/${name}/values`, property);
  }
  const space = ['x', 'y', 'z'].slice(0, dim);
  const unit = NGFF[positionUnit] ?? positionUnit;
  const framed = timeUnit === 'frame' && dt === 1;
  const range = (values: NumericArray) => {
    let [min, max] = [Infinity, -Infinity];
    for (const value of values) {
      if (value < min) min = value;
      if (value > max) max = value;
    }
    return { min, max };
  };
  json('.zattrs', {
    geff: {
      geff_version: VERSION,
      directed: true,
      axes: [
        {
          name: 'frame',
          type: 'time',
          unit: 'frame',
          ...range(properties.get('frame')!.values),
          ...(!framed && { scale: dt, scaled_unit: NGFF[timeUnit] ?? timeUnit }),
        },
        ...[...space].reverse().map((name) => ({
          name,
          type: 'space',
          unit: unit === '' ? null : unit,
          ...range(properties.get(name)!.values),
        })),
      ],
      node_props_metadata: Object.fromEntries(
        [...properties].map(([name, { name: dtype }]) => [
          name,
          { identifier: name, dtype, varlength: false },
        ]),
      ),
      edge_props_metadata: {},
      track_node_props: { tracklet: own },
    },
  });
  return files;
}

const packed = (data: Uint8Array): Promise<Uint8Array> =>
  wholeBytes(through(chunks(data), new CompressionStream('deflate')));

function numbers(values: NumericArray): Property {
  const [dtype, name] = DTYPES[values.constructor.name as keyof typeof DTYPES];
  const width = values.BYTES_PER_ELEMENT;
  return {
    values,
    dtype,
    name,
    bytes(from, to) {
      const bytes = new Uint8Array(values.slice(from, to).buffer);
      swapUnlessLittle(bytes, width);
      return bytes;
    },
  };
}

/** Texts are of one width, four bytes a character, as NumPy has them. */
function propertyOf(column: Column): Property {
  if (!isTextColumn(column)) return numbers(column);
  const words = column.dictionary.map((word) => Array.from(word, (c) => c.codePointAt(0)!));
  const width = Math.max(1, ...words.map(({ length }) => length));
  const { codes } = column;
  return {
    values: codes,
    dtype: `<U${width}`,
    name: 'str',
    bytes(from, to) {
      const view = new DataView(new ArrayBuffer((to - from) * width * 4));
      for (let p = from; p < to; p++) {
        words[codes[p]].forEach((point, k) => {
          view.setUint32(((p - from) * width + k) * 4, point, true);
        });
      }
      return new Uint8Array(view.buffer);
    },
  };
}
