import { ReadError } from '../errors.ts';
import { shorten } from '../quote-value.ts';
import { type Dim, Tracks } from '../tracks.ts';
import { swapUnlessLittle } from './byte-order.ts';
import { chunks, peek } from './bytes.ts';
import type { FormatResult } from './format-result.ts';

/**
 * Reads a NumPy array of tracks of one length: count × length × dim, or count × length for one dimension; float64 or
 * float32, little-endian, in C order. The trackColumn `track` is the index along the first axis.
 */
export async function readNpy(
  bytes: AsyncIterable<Uint8Array>,
  source: string,
): Promise<FormatResult> {
  const { head, whole } = await peek(chunks(bytes), PREFIX + LONGEST_HEADER);
  const header = npyHeader(head, source);
  const data = allocate(header, source);
  let skip = header.dataStart;
  let filled = 0;
  for await (const chunk of whole) {
    const rest = chunk.subarray(skip);
    skip -= chunk.length - rest.length;
    if (filled + rest.length > data.length) {
      throw new ReadError(
        `there is more data than the ${data.length} bytes that the shape ${shapeText(header)} needs`,
        { source },
      );
    }
    data.set(rest, filled);
    filled += rest.length;
  }
  if (filled < data.length) {
    throw new ReadError(
      `the data end after ${filled} bytes: expected ${data.length} for the shape ${shapeText(header)}`,
      { source },
    );
  }
  return { tracks: toTracks(header, data, source), found: {} };
}

interface NpyHeader {
  width: 4 | 8;
  count: number;
  length: number;
  dim: Dim;
  shape: number[];
  dataStart: number;
}

/** What NumPy reads at most of what a file says of itself. */
const LONGEST_HEADER = 10_000;

/** The bytes before the header: what it is, its version and its length. */
const PREFIX = 12;

const shapeText = ({ shape }: { shape: number[] }) => `(${shape.join(', ')})`;

function npyHeader(head: Uint8Array, source: string): NpyHeader {
  const fail = (message: string): never => {
    throw new ReadError(message, { source, column: 'header' });
  };
  const short = 'the npy header is cut short';
  if (head.length < 10) throw new ReadError(short, { source });
  if (String.fromCharCode(...head.subarray(0, 6)) !== '\x93NUMPY') {
    fail('the file does not begin as npy data does: expected \\x93NUMPY');
  }
  const version = head[6];
  if (version < 1 || version > 3) fail(`npy version ${version}: expected 1, 2 or 3`);
  const prefix = version === 1 ? 10 : PREFIX;
  if (head.length < prefix) throw new ReadError(short, { source });
  const view = new DataView(head.buffer, head.byteOffset);
  const size = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (size > LONGEST_HEADER) {
    fail(`the npy header has ${size} bytes: expected at most ${LONGEST_HEADER}, as NumPy does`);
  }
  const dataStart = prefix + size;
  if (head.length < dataStart) throw new ReadError(short, { source });
  const text = new TextDecoder('latin1').decode(head.subarray(prefix, dataStart));
  const dtype = /'descr'\s*:\s*(?:'([^']*)'|(\[.*?\]))/.exec(text);
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const dims = /'shape'\s*:\s*\(([\d\s,]*)\)/.exec(text)?.[1];
  if (!dtype || order === undefined || dims === undefined) {
    return fail(
      `the npy header is ${JSON.stringify(text.trim().slice(0, 80))}: expected descr, fortran_order and shape`,
    );
  }
  const type = dtype[1] ?? dtype[2];
  if (type !== '<f8' && type !== '<f4') {
    fail(`the dtype is '${shorten(type)}': expected float64 ('<f8') or float32 ('<f4')`);
  }
  if (order === 'True')
    fail('the array is in Fortran order: expected C order (numpy.ascontiguousarray)');
  const shape = dims.split(',').flatMap((part) => (part.trim() === '' ? [] : [Number(part)]));
  const [count, length, dim = 1] = shape;
  if (shape.length < 2 || shape.length > 3 || dim < 1 || dim > 3) {
    fail(
      `the shape is ${shapeText({ shape })}: expected (count, length, dim 1 to 3) or (count, length)`,
    );
  }
  if (count === 0 || length === 0) {
    fail(`the shape is ${shapeText({ shape })}: expected at least one track of one point`);
  }
  return { width: type === '<f8' ? 8 : 4, count, length, dim: dim as Dim, shape, dataStart };
}

function allocate(header: NpyHeader, source: string): Uint8Array<ArrayBuffer> {
  const { count, length, dim, width } = header;
  try {
    if (count * length >= 2 ** 32) throw new RangeError();
    return new Uint8Array(count * length * dim * width);
  } catch {
    throw new ReadError(`the shape is ${shapeText(header)}: that is too large for memory`, {
      source,
      column: 'header',
    });
  }
}

function toTracks(header: NpyHeader, data: Uint8Array<ArrayBuffer>, source: string): Tracks {
  const { count, length, dim, width } = header;
  swapUnlessLittle(data, width);
  const values = width === 8 ? new Float64Array(data.buffer) : new Float32Array(data.buffer);
  const bad = values.findIndex((x) => x - x !== 0);
  if (bad >= 0) {
    const point = Math.floor(bad / dim);
    throw new ReadError(
      `element [${Math.floor(point / length)}, ${point % length}${header.shape.length === 3 ? `, ${bad % dim}` : ''}] is ${values[bad]}: expected a number`,
      { source },
    );
  }
  return new Tracks({
    positions: width === 8 ? (values as Float64Array) : new Float64Array(values),
    offsets: new Uint32Array(count + 1).map((_, i) => i * length),
    dim,
    trackColumns: { track: new Float64Array(count).map((_, i) => i) },
  });
}
