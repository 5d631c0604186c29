import { constants, openSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { ReadError } from '../errors.ts';
import { joinBytes } from '../read/bytes.ts';
import { fileError, kindOf, type OpenOptions, openFile } from './open-file.ts';

/** How {@link readBytes} and {@link fileBytes} read. */
export interface ReadBytesOptions extends OpenOptions {
  signal?: AbortSignal;
}

/**
 * The bytes of a file in pieces. A file of no length is empty, whatever the system would give of it (`/proc/kmsg` waits
 * for the kernel to speak).
 *
 * @throws {@link ReadError} as {@link openFile} does, and where the reading fails
 */
export async function* fileBytes(
  path: string,
  { signal, ...options }: ReadBytesOptions = {},
): AsyncGenerator<Uint8Array> {
  const stream = options.pipes && (await isPipe(path)) ? pipe(path, signal) : await file();
  if (!stream) return;
  try {
    for await (const chunk of stream) yield chunk;
  } catch (error) {
    signal?.throwIfAborted();
    throw fileError(error, path);
  } finally {
    stream.destroy();
  }

  async function file() {
    const { handle, size, regular } = await openFile(path, options);
    if (!regular || size > 0) {
      return handle.createReadStream({ highWaterMark: 1 << 18, signal });
    }
    await handle.close();
    return undefined;
  }
}

const isPipe = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => kindOf(found) === 'a pipe',
    () => false,
  );

/**
 * A named pipe, waited for by the event loop: the opening and the reading of a file would wait in a thread that no signal
 * ends.
 */
function pipe(path: string, signal: AbortSignal | undefined): Socket {
  try {
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const socket = new Socket({ fd, readable: true, writable: false });
    const abort = () => socket.destroy(signal!.reason);
    signal?.addEventListener('abort', abort, { once: true });
    return socket.once('close', () => signal?.removeEventListener('abort', abort));
  } catch (error) {
    throw fileError(error, path);
  }
}

/**
 * A file that has to be held in memory whole.
 *
 * @param most bytes it may have.
 * @throws {@link ReadError} as {@link openFile} does, and for a file that is larger
 */
export async function readBytes(
  path: string,
  most: number,
  options: ReadBytesOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of fileBytes(path, options)) {
    length += piece.length;
    if (length > most) {
      throw new ReadError(`the file has more than ${most} bytes: expected at most that`, {
        source: path,
      });
    }
    pieces.push(piece);
  }
  return joinBytes(pieces);
}
