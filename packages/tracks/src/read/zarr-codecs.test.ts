import { gunzipSync } from 'node:zlib';
import { formatFile } from './formats.fixture.ts';
import { usePlainCodecs } from './zarr-codecs.ts';

/** A chunk that numcodecs packed (fixtures/formats/make.py). */
interface Chunk {
  codec: string;
  inside?: string;
  /** Bytes of an element, and how many elements. */
  size: number;
  count: number;
  shuffle?: number;
  packed: string;
}

const chunks: Chunk[] = JSON.parse(gunzipSync(formatFile('zarr-chunks.json.gz')).toString());

/** What the codec says that stood there before. */
const other = Uint8Array.of(1, 2, 3);
const registry = new Map<string, () => unknown>([
  ['blosc', async () => ({ fromConfig: () => ({ decode: () => other }) })],
]);

async function unpacked(codec: string, bytes: Uint8Array): Promise<Uint8Array> {
  await usePlainCodecs(registry);
  const entry = registry.get(codec)?.() as {
    fromConfig(config: unknown, meta: unknown): { decode(bytes: Uint8Array): unknown };
  };
  return (await entry.fromConfig({}, {}).decode(bytes)) as Uint8Array;
}

const bytesOf = ({ packed }: Chunk): Uint8Array => new Uint8Array(Buffer.from(packed, 'base64'));

/** Element k is (k² div 7) mod 251, k div 16, and zeros. */
const elements = ({ count, size }: Chunk): number[] =>
  Array.from({ length: count * size }, (_, i) => {
    const k = Math.floor(i / size);
    return [Math.floor((k * k) / 7) % 251, Math.floor(k / 16)][i % size] ?? 0;
  });

/** Which chunks are packed in a way that is left to the codec that stood there before, unless they are not packed at all. */
const isRare = ({ inside, shuffle }: Chunk): boolean => inside === 'blosclz' || shuffle === 2;

/** Whether what a chunk holds is in it as it was, by its flags. */
const isPlain = (chunk: Chunk): boolean => chunk.codec === 'blosc' && (bytesOf(chunk)[2] & 2) !== 0;

describe('a chunk that numcodecs packed', () => {
  it.each(chunks)(
    'is what it was: $codec $inside, $count of $size bytes, shuffle $shuffle, %#',
    async (chunk) => {
      const found = await unpacked(chunk.codec, bytesOf(chunk));
      if (isRare(chunk) && !isPlain(chunk)) expect(found).toBe(other);
      else expect([...found]).toEqual(elements(chunk));
    },
  );

  it('is an error where it is cut off', async () => {
    for (const chunk of chunks) {
      if (isRare(chunk)) continue;
      const bytes = bytesOf(chunk);
      const step = Math.ceil(bytes.length / 40);
      for (let length = 0; length < bytes.length; length += step) {
        await expect(unpacked(chunk.codec, bytes.slice(0, length))).rejects.toThrow();
      }
    }
  });

  it('is an error where it says that it is of other sizes', async () => {
    for (const chunk of chunks) {
      if (chunk.codec === 'zstd' || isRare(chunk) || chunk.count < 300) continue;
      const bytes = bytesOf(chunk);
      const view = new DataView(bytes.buffer);
      const at = chunk.codec === 'lz4' ? 0 : 4;
      const size = view.getUint32(at, true);
      // Of Blosc's own copies a part is no other than the beginning.
      for (const told of [
        size + 1,
        size + 4096,
        2 ** 32 - 1,
        ...(isPlain(chunk) ? [] : [size - 1]),
      ]) {
        view.setUint32(at, told, true);
        await expect(unpacked(chunk.codec, bytes)).rejects.toThrow();
      }
    }
  });

  it('of many blocks at one place ends soon', async () => {
    const zlib = chunks.find(
      ({ inside, size, count }) => inside === 'zlib' && size === 17 && count === 300,
    )!;
    const bytes = bytesOf(zlib);
    const blocks = 50_000;
    const header = new DataView(new ArrayBuffer(16 + 4 * blocks));
    new Uint8Array(header.buffer).set(bytes.subarray(0, 16));
    const first = new DataView(bytes.buffer).getUint32(16, true);
    const block = new DataView(bytes.buffer).getUint32(8, true);
    header.setUint32(4, block * blocks, true);
    for (let k = 0; k < blocks; k++) header.setUint32(16 + 4 * k, header.byteLength, true);
    const all = Buffer.concat([Buffer.from(header.buffer), bytes.subarray(first)]);
    await expect(unpacked('blosc', new Uint8Array(all))).rejects.toThrow(
      'parts that share their bytes',
    );
  });
});
