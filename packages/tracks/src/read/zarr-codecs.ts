// What unpacks the chunks of a Zarr array, without code that is made of text: the codecs that zarrita brings do that, which the content
// security policy of a careful page forbids. They stay for what is rare.

/** As zarrita asks for a codec. */
interface Codec {
  readonly kind: 'bytes_to_bytes';
  decode(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>;
  encode(bytes: Uint8Array): never;
}
type CodecEntry = () => unknown;

/** Unpacks so many bytes. */
type Unpack = (bytes: Uint8Array, size: number) => Uint8Array;

/** Puts the codecs of most stores in the place of those of zarrita, once. */
export async function usePlainCodecs(registry: Map<string, CodecEntry>): Promise<void> {
  if (known.has(registry)) return;
  known.add(registry);
  const [{ decompressLz4Raw, decompressZstd }, { unzlibSync }] = await Promise.all([
    import('hyparquet-compressors'),
    import('fflate'),
  ]);
  const inside: Readonly<Record<number, Unpack>> = {
    1: decompressLz4Raw,
    3: (bytes) => unzlibSync(bytes),
    4: (bytes) => decompressZstd(bytes),
  };
  const set = (name: string, entry: CodecEntry) => {
    for (const each of [name, `numcodecs.${name}`]) registry.set(each, entry);
  };
  set('zstd', () => codecOf((bytes) => decompressZstd(bytes)));
  set('lz4', () =>
    codecOf((bytes) => decompressLz4Raw(bytes.subarray(4), viewOf(bytes).getUint32(0, true))),
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
  const total = view.getUint32(4, true);
  const block = view.getUint32(8, true);
  if (total > MOST_TIMES * bytes.length) {
    throw new Error(`declares ${total} bytes in ${bytes.length}: expected less`);
  }
  if (flags & 2) return bytes.slice(HEADER, HEADER + total);
  const unpack = inside[flags >> 5];
  const bits = flags & 4 && size > 0;
  if (!unpack || bits || block === 0) return undefined;
  const shuffled = (flags & 1) !== 0 && size > 1;
  const whole = (flags & 16) !== 0;
  const unpacked = new Uint8Array(total);
  for (let k = 0; k * block < total; k++) {
    const length = Math.min(block, total - k * block);
    const parts =
      !whole && size <= MOST_PARTS && block / size >= LEAST_ELEMENTS && length === block ? size : 1;
    const part = Math.floor(length / parts);
    const into = unpacked.subarray(k * block, k * block + length);
    const plain = shuffled ? new Uint8Array(length) : into;
    let at = view.getUint32(HEADER + 4 * k, true);
    for (let j = 0; j < parts; j++) {
      const packed = view.getInt32(at, true);
      at += 4;
      const piece = bytes.subarray(at, at + packed);
      plain.set(packed === part ? piece : unpack(piece, part), j * part);
      at += packed;
    }
    if (shuffled) unshuffle(plain, into, size);
  }
  return unpacked;
}

/** Puts the bytes of each element together again: they were all first bytes, then all second ones, and so on. */
function unshuffle(shuffled: Uint8Array, into: Uint8Array, size: number): void {
  const count = Math.floor(shuffled.length / size);
  for (let byte = 0; byte < size; byte++) {
    for (let i = 0; i < count; i++) into[i * size + byte] = shuffled[byte * count + i];
  }
  into.set(shuffled.subarray(count * size), count * size);
}
