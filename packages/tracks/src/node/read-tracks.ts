import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isTextColumn, textColumn } from '../column.ts';
import { columnDifference, difference } from '../difference.ts';
import { ReadError } from '../errors.ts';
import { joinTracks } from '../join-tracks.ts';
import { checkOptions } from '../names/check-options.ts';
import { NotTracksError } from '../read/not-tracks-error.ts';
import { readStore } from '../read/read-folder-from.ts';
import {
  checkReadOptions,
  ERROR_COLUMNS,
  type FileReport,
  READ_OPTIONS,
  type ReadOptions,
} from '../read/read-options.ts';
import { readTracksFrom } from '../read/read-tracks-from.ts';
import { isStoreName, isTrackFile, TRACK_ENDINGS } from '../read/track-endings.ts';
import { Tracks } from '../tracks.ts';
import { fileError, kindOf } from './open-file.ts';
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
 * @throws {@link ReadError} for a file that is missing or is not as it should be, in one line; in a folder, what is
 *   no file of tracks (by its name, its header or its root element) is passed over and reported
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
  for (const path of typeof paths === 'string' ? [paths] : paths) {
    const before = sets.length;
    const found = await isFolder(path);
    const folder = found && !(await isStore(path));
    const reasons: SkippedFile[] = [];
    for (const file of folder ? await entriesOf(path, reasons) : [path]) {
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
    if (folder && sets.length === before) {
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

/** Intervals of two files that differ by less than this share are one interval: time stamps jitter. */
const CLOCK_TOLERANCE = 1e-3;

function joinFiles(sets: readonly { file: string; tracks: Tracks }[], errors = false): Tracks {
  if (sets.length === 1) return sets[0].tracks;
  if (errors && sets.some(({ tracks }) => !hasErrors(tracks))) {
    return joinFiles(sets.map(({ file, tracks }) => ({ file, tracks: withoutErrors(tracks) })));
  }
  const ids = sets.map(({ tracks }) => tracks.trackColumns.track);
  const mixed = ids.some((column) => column && isTextColumn(column));
  const { dt } = sets[0].tracks;
  const named = sets.map(({ file, tracks }, i) => {
    const id = ids[i];
    const track = mixed && id && !isTextColumn(id) ? textColumn(Array.from(id, String)) : id;
    const from = { codes: new Uint32Array(tracks.count), dictionary: [file] };
    return new Tracks({
      ...tracks.data,
      // One camera setting, measured by the clock of each file.
      dt: Math.abs(tracks.dt - dt) <= CLOCK_TOLERANCE * dt ? dt : tracks.dt,
      trackColumns: { file: from, ...tracks.trackColumns, ...(track && { track }) },
    });
  });
  const statements = named.map(statementsOf);
  const unlike = new Set<keyof Statements>();
  for (const other of statements) {
    for (const option of OPTIONS) if (other[option] !== statements[0][option]) unlike.add(option);
  }
  sets.forEach(({ file }, i) => {
    const differs = OPTIONS.filter((option) => statements[i][option] !== statements[0][option]);
    if (differs.length > 0) {
      const what = (set: Statements) => differs.map((option) => set[option]).join(' and ');
      const asked = [...unlike].map((option) => `give ${option}`).join(' and ');
      throw new ReadError(
        `${what(statements[i])}: expected ${what(statements[0])}, as in ${sets[0].file}; ${asked} for all of them`,
        { source: file, option: differs[0] },
      );
    }
    const other = difference(named[0], named[i]) ?? columnDifference(named[0], named[i]);
    if (other !== undefined)
      throw new ReadError(`${other} as in ${sets[0].file}`, { source: file });
  });
  return joinTracks(named);
}

/** Whether there is a column of the localisation error for every axis. */
function hasErrors({ pointColumns, dim }: Tracks): boolean {
  return ERROR_COLUMNS.slice(0, dim).every((name) => Object.hasOwn(pointColumns, name));
}

function withoutErrors(tracks: Tracks): Tracks {
  const pointColumns = { ...tracks.pointColumns };
  for (const name of ERROR_COLUMNS) delete pointColumns[name];
  return new Tracks({ ...tracks.data, pointColumns });
}

/** What a file states of its scales, in words. */
interface Statements {
  dt: string;
  positionUnit: string;
}

const OPTIONS = ['dt', 'positionUnit'] as const;

function statementsOf({ dt, timeUnit, positionUnit }: Tracks): Statements {
  const unit =
    timeUnit === ''
      ? ' of a unit that is not stated'
      : timeUnit === 'frame'
        ? ' frames'
        : ` ${timeUnit}`;
  return {
    dt:
      timeUnit === 'frame' && dt === 1
        ? 'no interval stated'
        : `an interval of ${Number(dt.toPrecision(6))}${unit}`,
    positionUnit:
      positionUnit === '' ? 'no unit of positions stated' : `positions in ${positionUnit}`,
  };
}
