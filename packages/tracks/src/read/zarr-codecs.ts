// What unpacks the chunks of a Zarr array, without code that is made of text: the codecs that zarrita brings do that, which the content
// security policy of a careful page forbids. They stay for what is rare.

import { unpackLz4Block } from './lz4-frame.ts';
import { readBudget } from './read-budget.ts';
import { unpackZstd, zstdSize } from './zstd-frame.ts';

/** As zarrita asks for a codec. */
interface Codec {
  readonly kind: 'bytes_to_bytes';
  decode(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>;
  encode(bytes: Uint8Array): never;
}
type CodecEntry = () => unknown;

/** Unpacks so many bytes; gives as many as there are, or one more where there are more. */
type Unpack = (bytes: Uint8Array, size: number) => Uint8Array;

/** Puts the codecs of most stores in the place of those of zarrita, once. */
export async function usePlainCodecs(registry: Map<string, CodecEntry>): Promise<void> {
  if (known.has(registry)) return;
  known.add(registry);
  const [{ decompressZstd }, { unzlibSync }] = await Promise.all([
    import('hyparquet-compressors'),
    import('fflate'),
  ]);
  const inside: Readonly<Record<number, Unpack>> = {
    1: unpackLz4,
    3: (bytes, size) => unzlibSync(bytes, { out: new Uint8Array(size + 1) }),
    4: (bytes, size) => unpackZstd(bytes, size, decompressZstd),
  };
  const set = (name: string, entry: CodecEntry) => {
    for (const each of [name, `numcodecs.${name}`]) registry.set(each, entry);
  };
  set('zstd', () =>
    codecOf((bytes) => {
      const size = zstdSize(bytes);
      if (size === undefined) return decompressZstd(bytes);
      return unpackZstd(bytes, checkSize(size, bytes), decompressZstd);
    }),
  );
  set('lz4', () =>
    codecOf((bytes) => {
      const size = checkSize(viewOf(bytes).getUint32(0, true), bytes);
      return exactly(unpackLz4(bytes.subarray(4), size), size);
    }),
  );
  const other = registry.get('blosc') as () => Promise<OtherCodec>;
  set('blosc', () => ({
    fromConfig: (config: unknown, meta: unknown): Codec => ({
      kind: 'bytes_to_bytes',
      decode: async (bytes) =>
        unpackBlosc(bytes, inside) ?? (await other()).fromConfig(config, meta).decode(bytes),
      encode: cannotWrite,
    }),
  }));
}

interface OtherCodec {
  fromConfig(config: unknown, meta: unknown): Codec;
}

const known = new WeakSet<object>();

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);

const cannotWrite = (): never => {
  throw new Error('is read only');
};

const codecOf = (decode: Codec['decode']) => ({
  fromConfig: (): Codec => ({ kind: 'bytes_to_bytes', decode, encode: cannotWrite }),
});

/** No codec makes data so many times smaller but of a file that is made to fill the memory. */
const MOST_TIMES = 65_536;

/** How many bytes a chunk says to unpack to, where that can be. */
function checkSize(size: number, { length }: Uint8Array): number {
  if (size <= MOST_TIMES * length) return size;
  throw new Error(`declares ${size} bytes in ${length}: expected less`);
}

function exactly(unpacked: Uint8Array, size: number): Uint8Array {
  if (unpacked.length === size) return unpacked;
  throw new Error(`unpacks to other than ${size} bytes`);
}

/** As far as there are data. */
function unpackLz4(bytes: Uint8Array, size: number): Uint8Array {
  const unpacked = new Uint8Array(size);
  const made = unpackLz4Block(bytes, unpacked);
  return unpacked.subarray(0, made);
}

/** Bytes of the header. */
const HEADER = 16;
/** A block of elements of at most so many bytes, of which there are so many at least, is packed in as many parts as an element has bytes. */
const MOST_PARTS = 16;
const LEAST_ELEMENTS = 128;

/**
 * Bytes that Blosc has packed; undefined where they are packed in a rare way: by blosclz or snappy, or shuffled by bits.
 *
 * Source: the format of a chunk in c-blosc 1, README_CHUNK_FORMAT.rst.
 */
function unpackBlosc(
  bytes: Uint8Array,
  inside: Readonly<Record<number, Unpack>>,
): Uint8Array | undefined {
  const view = viewOf(bytes);
  const flags = bytes[2];
  const size = bytes[3];
  const total = checkSize(view.getUint32(4, true), bytes);
  const block = view.getUint32(8, true);
  if (flags & 2) return piece(bytes, HEADER, total).slice();
  const unpack = inside[flags >> 5];
  const bits = (flags & 4) !== 0;
  if (!unpack || bits || size === 0 || block === 0) return undefined;
  const shuffled = (flags & 1) !== 0 && size > 1;
  const whole = (flags & 16) !== 0;
  const unpacked = new Uint8Array(total);
  const spend = readBudget(bytes.length);
  for (let k = 0; k * block < total; k++) {
    const length = Math.min(block, total - k * block);
    const parts =
      !whole && size <= MOST_PARTS && block / size >= LEAST_ELEMENTS && length === block ? size : 1;
    const part = Math.floor(length / parts);
    const into = unpacked.subarray(k * block, k * block + length);
    const plain = shuffled ? new Uint8Array(length) : into;
    let at = view.getUint32(HEADER + 4 * k, true);
    for (let j = 0; j < parts; j++) {
      const packed = piece(bytes, at + 4, view.getInt32(at, true));
      spend(packed.length);
      plain.set(packed.length === part ? packed : exactly(unpack(packed, part), part), j * part);
      at += 4 + packed.length;
    }
    if (shuffled) unshuffle(plain, into, size);
  }
  return unpacked;
}

function piece(bytes: Uint8Array, from: number, length: number): Uint8Array {
  if (length < 0 || from + length > bytes.length) throw new Error('ends early');
  return bytes.subarray(from, from + length);
}

/** Puts the bytes of each element together again: they were all first bytes, then all second ones, and so on. */
function unshuffle(shuffled: Uint8Array, into: Uint8Array, size: number): void {
  const count = Math.floor(shuffled.length / size);
  for (let byte = 0; byte < size; byte++) {
    for (let i = 0; i < count; i++) into[i * size + byte] = shuffled[byte * count + i];
  }
  into.set(shuffled.subarray(count * size), count * size);
}
