import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ReadError } from '../errors.ts';
import { isStoreName } from '../read/track-endings.ts';
import { MOST_FILES, type StoredFile } from '../read/zarr-files.ts';
import { fileError } from './open-file.ts';
import { readBytes } from './read-file.ts';

/** What makes a folder a Zarr group. */
const MARKS = ['.zgroup', '.zattrs', 'zarr.json'];

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
 * The files of a store by their paths, each of which is read when it is needed. A link to a file is that file: what is missing of
 * an array is taken for zeros.
 *
 * @throws {@link ReadError} for a folder that cannot be read, for links to nothing or to a folder, or for more files than any
 *   store has
 */
export async function storedFiles(
  folder: string,
  { signal, onBytes }: { signal?: AbortSignal; onBytes?: (count: number) => void },
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
      } else if (entry.isFile() || entry.isSymbolicLink()) {
        const file = join(folder, inside);
        const found = await stat(file).catch((error) => {
          throw fileError(error, file);
        });
        if (found.isDirectory()) {
          throw new ReadError('is a link to a folder: expected the folder itself', {
            source: file,
          });
        }
        const { size } = found;
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
