import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ReadError } from '../errors.ts';
import { joinFiles } from '../join-files.ts';
import { checkOptions } from '../names/check-options.ts';
import { NotTracksError } from '../read/not-tracks-error.ts';
import { readStore } from '../read/read-folder-from.ts';
import {
  checkReadOptions,
  type FileReport,
  READ_OPTIONS,
  type ReadOptions,
} from '../read/read-options.ts';
import { readTracksFrom } from '../read/read-tracks-from.ts';
import { isStoreName, isTrackFile, TRACK_ENDINGS } from '../read/track-endings.ts';
import type { Tracks } from '../tracks.ts';
import { fileError, kindOf } from './open-file.ts';
import { readBefore } from './read-before.ts';
import { fileBytes } from './read-file.ts';
import { isStore, storedFiles } from './store-folder.ts';

/** An entry of a folder that was passed over. */
export interface SkippedFile {
  file: string;
  /** Why: one line. */
  reason: string;
}

/** What {@link readTracks} takes beside what every reader does. */
export interface ReadFilesOptions extends ReadOptions {
  /** An abort ends the reading; {@link readTracks} then throws its reason. */
  signal?: AbortSignal;
  /** Told the number of bytes of each piece that was read, as they lie in the file. */
  onBytes?: (count: number) => void;
}

/** What {@link readTracks} gives. */
export interface ReadResult {
  tracks: Tracks;
  /** What was found in each file that was read, in the order of the tracks. */
  files: FileReport[];
  /** Entries of folders that are no files of tracks. */
  skipped: SkippedFile[];
}

/**
 * Reads one file, several, or the files of a folder (not of the folders in it), in the order given and by name within
 * a folder. A folder that is a Zarr store (`.geff`) is one data set, and is read as one file is. A pipe or a device is read where it is named, and passed over in a folder. With several files the trackColumn `file` says where each track is from, and they must agree in
 * dimensions, interval (to a thousandth, as clocks do: then the first file's counts) and units.
 *
 * @param paths files and folders
 * @throws {@link ReadError} for a file that is missing, is not as it should be or is named twice, in one line; in a folder,
 *   what is no file of tracks (by its name, its header or its root element) or was read before is passed over and reported
 *
 * @example
 * const { tracks, files } = await readTracks('spots.csv', { keep: ['QUALITY'] });
 */
export async function readTracks(
  paths: string | readonly string[],
  options: ReadFilesOptions = {},
): Promise<ReadResult> {
  checkOptions('readTracks', options, { ...READ_OPTIONS, signal: true, onBytes: true });
  checkReadOptions(options);
  const { signal: _, onBytes: __, ...reading } = options;
  const skipped: SkippedFile[] = [];
  const sets: { file: string; tracks: Tracks }[] = [];
  const files: FileReport[] = [];
  const known = readBefore();
  for (const path of typeof paths === 'string' ? [paths] : paths) {
    const count = sets.length;
    const found = await isFolder(path);
    const folder = found && !(await isStore(path));
    const reasons: SkippedFile[] = [];
    for (const file of folder ? await entriesOf(path, reasons) : [path]) {
      const before = await known(file);
      if (before !== undefined) {
        const reason = `was read before${before === file ? '' : `, as '${before}'`}`;
        if (!folder) throw new ReadError(`${reason}: expected a file once`, { source: file });
        reasons.push({ file, reason });
        continue;
      }
      try {
        const { tracks, report } =
          found && (!folder || (await isFolder(file)))
            ? await readStore(await storedFiles(file, options), file, reading)
            : await readTracksFrom(countedBytes(file, !folder, options), file, reading);
        sets.push({ file, tracks });
        files.push(report);
      } catch (error) {
        if (!(folder && error instanceof NotTracksError)) throw error;
        reasons.push({ file, reason: error.message.slice(file.length).replace(/^[,:] /, '') });
      }
    }
    if (folder && sets.length === count) {
      const first = reasons[0] ? ` (${reasons[0].file}: ${reasons[0].reason})` : ': it is empty';
      throw new ReadError(`there are no files of tracks in this folder${first}`, { source: path });
    }
    skipped.push(...reasons);
  }
  if (sets.length === 0)
    throw new ReadError('no files: expected at least one', { source: 'paths' });
  return { tracks: joinFiles(sets, options.errors), files, skipped };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw fileError(error, path);
  }
}

async function entriesOf(folder: string, skipped: SkippedFile[]): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error) => {
    throw fileError(error, folder);
  });
  const files: string[] = [];
  for (const { name } of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = join(folder, name);
    // Of a link, what it leads to.
    const what = await stat(file).then(kindOf, () => 'a link to nothing');
    if (what === 'a folder' && isStoreName(name)) files.push(file);
    else if (what !== undefined) skipped.push({ file, reason: `is ${what}` });
    else if (name.startsWith('.')) skipped.push({ file, reason: 'is hidden' });
    else if (isTrackFile(name)) files.push(file);
    else skipped.push({ file, reason: `expected .${TRACK_ENDINGS.join(', .')}, .gz or .geff` });
  }
  return files;
}

async function* countedBytes(
  file: string,
  pipes: boolean,
  { signal, onBytes }: ReadFilesOptions,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of fileBytes(file, { pipes, signal })) {
    onBytes?.(chunk.length);
    yield chunk;
  }
}
