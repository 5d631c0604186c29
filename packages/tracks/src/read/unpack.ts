import { ReadError } from '../errors.ts';
import { through } from './bytes.ts';

/** Without a limit of the caller's: so many bytes, and so many per byte of the file where that is more; and never more than the last. */
const UNPACKED_ALWAYS = 1 << 24;
const UNPACKED_PER_BYTE = 64;
const UNPACKED_EVER = 2 ** 32;

/**
 * The bytes that gzip data hold, with a limit, so that a small file cannot fill the memory: tracks become 3 to 20 times
 * smaller by gzip, what is made to be a bomb a thousand times.
 *
 * @param most bytes to unpack; 64 times those of the file (and always 16 MiB, never more than 4 GiB) when left out
 * @throws {@link ReadError} where the data are damaged or unpack to more
 */
export async function* unpack(
  source: AsyncIterable<Uint8Array>,
  name: string,
  most?: number,
): AsyncGenerator<Uint8Array> {
  let fromSource: { error: unknown } | undefined;
  let packed = 0;
  let unpacked = 0;
  const stream = through(counted(source), new DecompressionStream('gzip'), (error) => {
    fromSource = { error };
  });
  try {
    for await (const chunk of stream) {
      unpacked += chunk.length;
      const limit =
        most ?? Math.min(UNPACKED_EVER, Math.max(UNPACKED_ALWAYS, packed * UNPACKED_PER_BYTE));
      if (unpacked > limit) {
        throw new ReadError(
          `the gzip data unpack to more than ${limit} bytes: expected at most ` +
            `${most === undefined ? `${UNPACKED_PER_BYTE} times the size of the file` : 'that'}; ` +
            'where it is right, give maxUnpacked',
          { source: name, option: 'maxUnpacked' },
        );
      }
      yield chunk;
    }
  } catch (error) {
    if (fromSource) throw fromSource.error;
    if (error instanceof ReadError) throw error;
    throw new ReadError('the gzip data ends early or is damaged', { source: name });
  }

  async function* counted(source: AsyncIterable<Uint8Array>) {
    // In small pieces, so that little is unpacked before it is counted.
    for await (const chunk of source) {
      for (let from = 0; from < chunk.length; from += PACKED_PIECE) {
        const piece = chunk.subarray(from, from + PACKED_PIECE);
        packed += piece.length;
        yield piece;
      }
    }
  }
}

const PACKED_PIECE = 1 << 14;
