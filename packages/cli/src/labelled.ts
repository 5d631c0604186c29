import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { labelTracks, parseReference } from '@diffusion/eval/predictions';
import type { Output } from '@diffusion/models';
import { ANDI_LABELS, isTextColumn, isTrackFile, ReadError, Tracks } from '@diffusion/tracks';
import { InputError } from './input-error.ts';
import { readText } from './read-text.ts';
import { read } from './reading.ts';

/**
 * Labelled tracks of a folder, in one of three forms: AnDi's `taskN.txt` and `refN.txt`; track files with `labels.csv`
 * beside them (`track,label` or `track,alpha`, with `file` where there are several files); or tables that have a column
 * `label` or `alpha` themselves.
 */
export async function readLabelled(folder: string): Promise<{ tracks: Tracks; output: Output }> {
  const names = (await namesIn(folder)).sort();
  const tasks = names.filter((name) => /^task.*\.txt(\.gz)?$/.test(name));
  if (tasks.length > 1) throw new InputError(`${folder}: there are ${tasks}: expected one of them`);
  if (tasks.length === 1) return readAndi(folder, tasks[0], names);
  const files = names
    .filter((name) => name !== 'labels.csv' && isTrackFile(name))
    .map((name) => join(folder, name));
  if (files.length === 0)
    throw new InputError(`${folder}: there are no files of tracks in this folder`);
  if (!names.includes('labels.csv')) return readTables(folder, files);
  const { tracks } = await read(files, {});
  const path = join(folder, 'labels.csv');
  return withOutput(labelTracks(tracks, parseReference(await readText(path), path)), folder);
}

/** The names of the files in a folder that labelled tracks may be read from. */
export const labelledFiles = async (folder: string): Promise<string[]> =>
  (await namesIn(folder)).filter((name) => isTrackFile(name)).sort();

/**
 * The files of a folder that are not hidden, as what this command notes beside a data set is, and what its links lead to:
 * a pipe there would be waited for, as nobody has named it.
 */
async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    const problem = error.code === 'ENOTDIR' ? 'is a file: expected a folder' : 'cannot be read';
    throw new InputError(
      `${folder}: ${error.code === 'ENOENT' ? 'there is no such folder' : problem}`,
    );
  });
  const isFile = (name: string) =>
    stat(join(folder, name)).then(
      (found) => found.isFile(),
      () => false,
    );
  const kept = await Promise.all(names.map(isFile));
  return names.filter((name, i) => kept[i] && !name.startsWith('.'));
}

/** Tables with a column `label`, or else `alpha`, that has one value per track. */
async function readTables(
  folder: string,
  files: string[],
): Promise<{ tracks: Tracks; output: Output }> {
  for (const name of ['label', 'alpha']) {
    try {
      const { tracks } = await read(files, {}, { perTrack: [name] });
      return withOutput(tracks, folder);
    } catch (error) {
      const missing = error instanceof ReadError && error.line === 1 && error.column === name;
      if (!missing) throw error;
    }
  }
  throw new InputError(noLabels(folder));
}

async function readAndi(
  folder: string,
  task: string,
  names: readonly string[],
): Promise<{ tracks: Tracks; output: Output }> {
  if (!/^task[12]/.test(task)) {
    throw new InputError(`${folder}: ${task} has no label per track: expected task1 or task2`);
  }
  const plain = task.replace('task', 'ref').replace(/\.gz$/, '');
  const name = names.find((found) => found === plain || found === `${plain}.gz`);
  if (!name) throw new InputError(`${folder}: ${task} has no ${plain} beside it`);
  const path = join(folder, name);
  const { tracks } = await read([join(folder, task)], {});
  const { andi } = parseReference(await readText(path), path);
  if (andi?.length !== tracks.count) {
    throw new InputError(
      `${path}: expected a row dim;value for each of the ${tracks.count} tracks of ${task}`,
    );
  }
  const column: Tracks['trackColumns'] = task.startsWith('task1')
    ? { alpha: andi }
    : { label: { codes: Uint32Array.from(andi), dictionary: ANDI_LABELS } };
  return withOutput(withColumn(tracks, column), folder);
}

const withColumn = (tracks: Tracks, column: Tracks['trackColumns']): Tracks =>
  new Tracks({ ...tracks.data, trackColumns: { ...tracks.trackColumns, ...column } });

function withOutput(tracks: Tracks, folder: string): { tracks: Tracks; output: Output } {
  const { label, alpha } = tracks.trackColumns;
  if (label && isTextColumn(label)) {
    return { tracks, output: { kind: 'classes', classes: [...label.dictionary].sort() } };
  }
  if (alpha && !isTextColumn(alpha)) return { tracks, output: { kind: 'exponent' } };
  throw new InputError(noLabels(folder));
}

const noLabels = (folder: string): string =>
  `${folder}: no labels: expected labels.csv, refN.txt, or a column label or alpha`;
