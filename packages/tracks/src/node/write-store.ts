import { mkdir, rename, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { TracksError } from '../errors.ts';
import type { Tracks } from '../tracks.ts';
import { checkFinite, checkTracksShown } from '../write/check-holds.ts';
import type { WriteOptions } from '../write/encode-tracks.ts';
import { geffFiles } from '../write/geff-files.ts';
import { syncFolder } from './sync-folder.ts';
import { discard, isFinished, removeLeftOver, temporaryFile } from './temporary.ts';
import { writeError } from './write-error.ts';
import { writeWhole } from './write-whole.ts';

/**
 * Writes tracks to a new folder, a GEFF graph, whole or not at all: under another name beside it, which it gets when all
 * is written.
 *
 * @throws {@link TracksError} where something is there already, or cannot be written
 */
export async function writeStore(
  path: string,
  tracks: Tracks,
  { columns }: WriteOptions,
  signal: AbortSignal | undefined,
): Promise<void> {
  signal?.throwIfAborted();
  checkFinite(tracks);
  checkTracksShown(tracks, '.geff');
  if (await stat(path).catch(() => undefined)) {
    throw new TracksError(`${path}: is there already: expected a new folder`);
  }
  const files = await geffFiles(tracks, columns);
  const whole = resolve(path);
  const folder = dirname(whole);
  await removeLeftOver(folder);
  const temporary = temporaryFile(folder);
  const failed = (error: unknown): never => {
    throw writeError(error, path);
  };
  try {
    await mkdir(temporary).catch(failed);
    for (const [name, bytes] of files) {
      signal?.throwIfAborted();
      const file = join(temporary, name);
      await mkdir(dirname(file), { recursive: true }).catch(failed);
      await writeWhole(file, bytes, { name: path, exclusive: true, signal });
    }
    await rename(temporary, whole).catch(failed);
    isFinished(temporary);
  } catch (error) {
    await discard(temporary);
    throw error;
  }
  await syncFolder(folder);
}
