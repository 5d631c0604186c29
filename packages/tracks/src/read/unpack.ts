import { ReadError } from '../errors.ts';
import { cut, through } from './bytes.ts';
import { allowedBytes, PER_BYTE } from './declared-size.ts';

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
      const limit = allowedBytes(packed, most);
      if (unpacked > limit) {
        throw new ReadError(
          `the gzip data unpack to more than ${limit} bytes: expected at most ` +
            `${most === undefined ? `${PER_BYTE} times the size of the file` : 'that'}; ` +
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
    for await (const piece of packedPieces(source)) {
      packed += piece.length;
      yield piece;
    }
  }
}

const PACKED_PIECE = 1 << 14;

/** What is packed in small pieces, so that little is unpacked before it is counted. */
export async function* packedPieces(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) yield* cut(chunk, PACKED_PIECE);
}
