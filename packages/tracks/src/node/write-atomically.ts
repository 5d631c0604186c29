import { rmSync } from 'node:fs';
import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { TracksError } from '../errors.ts';

type Chunk = string | Uint8Array;

let written = 0;

/** Files that are being written, under their other names. */
const unfinished = new Set<string>();

function removeUnfinished(): void {
  for (const file of unfinished) rmSync(file, { force: true });
}

/**
 * Writes a file so that it is there whole or not at all: under another name in the same folder, which takes the place
 * of the file when all is written. When something goes wrong, or `signal` aborts, the other name is removed and a file
 * that was there before stays as it was; that also holds when the program calls `process.exit` half-way. What is no
 * regular file (/dev/stdout, a pipe) is written to as it is.
 *
 * @param chunks text or bytes, whole or in pieces
 * @throws {@link TracksError} when the file cannot be written: one line with its path; what `chunks` throws; the
 *   reason of an abort
 *
 * @example
 * await writeAtomically('out/metrics.json', JSON.stringify(metrics));
 */
export async function writeAtomically(
  path: string,
  chunks: Chunk | Iterable<Chunk> | AsyncIterable<Chunk>,
  { signal }: { signal?: AbortSignal } = {},
): Promise<void> {
  signal?.throwIfAborted();
  // A link stays a link: what it points to is replaced.
  const target = await realpath(path).catch(() => path);
  const there = await stat(target).catch(() => undefined);
  if (there?.isDirectory()) throw new TracksError(`${path}: is a folder: expected a file`);
  const replace = !there || there.isFile();
  const temporary = replace
    ? join(dirname(target), `.${basename(target)}.${process.pid}-${written++}.tmp`)
    : target;
  const file = await open(temporary, replace ? 'wx' : 'w', there?.mode).catch((error) => {
    throw writeError(error, path);
  });
  if (replace) {
    unfinished.add(temporary);
    if (!process.listeners('exit').includes(removeUnfinished)) process.on('exit', removeUnfinished);
  }
  try {
    try {
      await writeChunks(file, chunks, path, signal);
    } finally {
      await file.close();
    }
    if (replace) {
      await rename(temporary, target).catch((error) => {
        throw writeError(error, path);
      });
    }
  } catch (error) {
    if (replace) await rm(temporary, { force: true });
    throw error;
  } finally {
    unfinished.delete(temporary);
  }
}

async function writeChunks(
  file: FileHandle,
  chunks: Chunk | Iterable<Chunk> | AsyncIterable<Chunk>,
  path: string,
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
        throw writeError(error, path);
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

function writeError(error: unknown, path: string): unknown {
  const messages: Record<string, string> = {
    ENOENT: `there is no folder ${dirname(path)}`,
    ENOTDIR: `${dirname(path)} is no folder`,
    EACCES: 'the file may not be written',
    EPERM: 'the file may not be written',
    EROFS: 'the file may not be written',
    ENOSPC: 'there is no space left',
  };
  const { code = '', message } = error as NodeJS.ErrnoException;
  return code === '' ? error : new TracksError(`${path}: ${messages[code] ?? message}`);
}
