import { ReadError } from '../errors.ts';
import { checkOptions } from '../names/check-options.ts';
import type { Tracks } from '../tracks.ts';
import { finishRead } from './finish-read.ts';
import {
  checkReadOptions,
  type FileReport,
  READ_OPTIONS,
  type ReadOptions,
} from './read-options.ts';
import type { StoredFile, StoredFiles } from './zarr-files.ts';

/** The files of a folder: what an `<input webkitdirectory>` or a drop gives, or bytes by their paths. */
export type FolderSource =
  | Iterable<File & { readonly webkitRelativePath?: string }>
  | ReadonlyMap<string, Uint8Array | Blob>;

/**
 * Reads tracks from the files of a folder that is one data set: a GEFF graph, which is a Zarr store. Runs in browsers too;
 * in Node, `readTracks` takes the path of the folder. A zip archive of it is a file ({@link readTracksFrom}).
 *
 * @param files each is read when it is needed
 * @param name of the folder: errors begin with it
 * @param options as those of {@link readTracksFrom}
 * @throws {@link ReadError} for a folder that is not as it should be
 *
 * @example
 * input.onchange = async () => {
 *   const { tracks } = await readTracksFromFolder(input.files, 'tracks.geff');
 * };
 */
export async function readTracksFromFolder(
  files: FolderSource,
  name: string,
  options: ReadOptions = {},
): Promise<{ tracks: Tracks; report: FileReport }> {
  checkOptions('readTracksFromFolder', options, READ_OPTIONS);
  checkReadOptions(options);
  return readStore(storedFiles(files), name, options);
}

/** The same of files that are read by somebody else. */
export async function readStore(
  files: StoredFiles,
  name: string,
  options: ReadOptions,
): Promise<{ tracks: Tracks; report: FileReport }> {
  const { format = 'geff' } = options;
  if (format !== 'geff') {
    throw new ReadError(`is a folder: expected a file, for the format ${format}`, { source: name });
  }
  const { readGeff } = await import('./read-geff.ts');
  return finishRead(readGeff(files, name, options), 'geff', name, options);
}

function storedFiles(files: FolderSource): StoredFiles {
  const found = new Map<string, StoredFile>();
  if (files instanceof Map) {
    for (const [path, content] of files as ReadonlyMap<string, Uint8Array | Blob>) {
      found.set(path.replace(/^\/+/, ''), storedFile(content));
    }
    return found;
  }
  for (const file of files as Iterable<File>) {
    found.set(file.webkitRelativePath || file.name, storedFile(file));
  }
  return found;
}

const storedFile = (content: Uint8Array | Blob): StoredFile =>
  ArrayBuffer.isView(content)
    ? { size: content.length, read: async () => content }
    : { size: content.size, read: async () => new Uint8Array(await content.arrayBuffer()) };
