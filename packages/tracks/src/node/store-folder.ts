import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ReadError } from '../errors.ts';
import { isStoreName } from '../read/track-endings.ts';
import type { StoredFile } from '../read/zarr-files.ts';
import { fileError } from './open-file.ts';
import { readBytes } from './read-file.ts';
import type { ReadFilesOptions } from './read-tracks.ts';

/** What makes a folder a Zarr group. */
const MARKS = ['.zgroup', '.zattrs', 'zarr.json'];

/** How many files a store may have: a graph of tracks has some thirty. */
const MOST_FILES = 100_000;

/** Whether a folder is a Zarr store, by its name or by what is in it. */
export async function isStore(folder: string): Promise<boolean> {
  if (isStoreName(folder)) return true;
  for (const name of MARKS) {
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found?.isFile()) return true;
  }
  return false;
}

/**
 * The files of a store by their paths, each of which is read when it is needed.
 *
 * @throws {@link ReadError} for a folder that cannot be read, or has more files than any store
 */
export async function storedFiles(
  folder: string,
  { signal, onBytes }: ReadFilesOptions,
): Promise<Map<string, StoredFile>> {
  const files = new Map<string, StoredFile>();
  const walk = async (path: string): Promise<void> => {
    const entries = await readdir(join(folder, path), { withFileTypes: true }).catch((error) => {
      throw fileError(error, join(folder, path));
    });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const inside = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) {
        await walk(inside);
      } else if (entry.isFile()) {
        const file = join(folder, inside);
        const { size } = await stat(file);
        files.set(inside, {
          size,
          read: async () => {
            const bytes = await readBytes(file, size, { signal });
            onBytes?.(bytes.length);
            return bytes;
          },
        });
      }
      if (files.size > MOST_FILES) {
        throw new ReadError(`there are more than ${MOST_FILES} files: expected a graph of tracks`, {
          source: folder,
        });
      }
    }
  };
  await walk('');
  return files;
}
