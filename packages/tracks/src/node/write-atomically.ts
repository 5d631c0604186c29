import { realpath, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { TracksError } from '../errors.ts';
import { syncFolder } from './sync-folder.ts';
import { discard, isFinished, removeLeftOver, temporaryFile } from './temporary.ts';
import { writeError } from './write-error.ts';
import { type Chunks, writeWhole } from './write-whole.ts';

/**
 * Writes a file so that it is there whole or not at all: under another name in the same folder, which takes the place
 * of the file when all is written and the disk has it. When something goes wrong, or `signal` aborts, the other name is
 * removed and a file that was there before stays as it was; that also holds when the program calls `process.exit`
 * half-way. What a killed program left half-written is removed by the next one that writes to the folder. What is no
 * regular file (/dev/stdout, a pipe) is written to as it is.
 *
 * @param chunks text or bytes, whole or in pieces
 * @throws {@link TracksError} when the file cannot be written: one line with its path; {@link StorageError} when the
 *   disk fails; what `chunks` throws; the reason of an abort
 *
 * @example
 * await writeAtomically('out/metrics.json', JSON.stringify(metrics));
 */
export async function writeAtomically(
  path: string,
  chunks: Chunks,
  { signal }: { signal?: AbortSignal } = {},
): Promise<void> {
  signal?.throwIfAborted();
  // A link stays a link: what it points to is replaced.
  const target = await realpath(path).catch(() => path);
  const there = await stat(target).catch((error) => {
    if (error.code === 'ENAMETOOLONG') throw writeError(error, path);
    return undefined;
  });
  if (there?.isDirectory()) throw new TracksError(`${path}: is a folder: expected a file`);
  if (there && !there.isFile()) {
    await writeWhole(target, chunks, { name: path, exclusive: false, signal });
    return;
  }
  const folder = dirname(target);
  await removeLeftOver(folder);
  const temporary = temporaryFile(folder);
  try {
    await writeWhole(temporary, chunks, { name: path, exclusive: true, mode: there?.mode, signal });
    await rename(temporary, target).catch((error) => {
      throw writeError(error, path);
    });
    isFinished(temporary);
  } catch (error) {
    await discard(temporary);
    throw error;
  }
  await syncFolder(folder);
}
