import { type FileHandle, open } from 'node:fs/promises';
import { syncFile } from './sync-file.ts';
import { writeError } from './write-error.ts';

/** Text or bytes, whole or in pieces. */
export type Chunk = string | Uint8Array;
export type Chunks = Chunk | Iterable<Chunk> | AsyncIterable<Chunk>;

/**
 * Writes a new file to its end and has the disk keep it.
 *
 * @param options.name what errors call it.
 * @param options.exclusive whether there must not be a file yet.
 */
export async function writeWhole(
  file: string,
  chunks: Chunks,
  {
    name,
    exclusive,
    mode,
    signal,
  }: { name: string; exclusive: boolean; mode?: number; signal?: AbortSignal },
): Promise<void> {
  const handle = await open(file, exclusive ? 'wx' : 'w', mode).catch((error) => {
    throw writeError(error, name);
  });
  try {
    await writeChunks(handle, chunks, name, signal);
    // A device or a pipe keeps nothing.
    if (exclusive) await syncFile(handle);
  } catch (error) {
    await handle.close().catch(() => {});
    throw writeError(error, name);
  }
  await handle.close().catch((error) => {
    throw writeError(error, name);
  });
}

async function writeChunks(
  file: FileHandle,
  chunks: Chunks,
  name: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const whole = typeof chunks === 'string' || ArrayBuffer.isView(chunks);
  const iterator = eachOf(whole ? [chunks as Chunk] : (chunks as AsyncIterable<Chunk>));
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal!.reason);
  });
  // Nobody waits for it once all is written.
  aborted.catch(() => {});
  signal?.addEventListener('abort', abort);
  try {
    for (;;) {
      const { value, done } = await Promise.race([iterator.next(), aborted]);
      if (done) break;
      await file.writeFile(value).catch((error) => {
        throw writeError(error, name);
      });
      signal?.throwIfAborted();
    }
  } finally {
    signal?.removeEventListener('abort', abort);
    // Not awaited: a source that hangs must not keep the abort from getting through.
    iterator.return(undefined).catch(() => {});
  }
}

async function* eachOf(chunks: Iterable<Chunk> | AsyncIterable<Chunk>): AsyncGenerator<Chunk> {
  yield* chunks;
}
