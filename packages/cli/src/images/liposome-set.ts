import { mkdirSync } from 'node:fs';
import { readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { type ImageSet, type LiposomesOptions, liposomes } from '@diffusion/simulate';
import { columnValue, csvRow, type Images, StorageError } from '@diffusion/tracks';
import { encodeMask, encodePng } from '@diffusion/tracks/images';
import { InputError } from '../input-error.ts';
import { interruption } from '../interruption.ts';
import { makeFolder } from '../make-folder.ts';
import { progressBar } from '../progress.ts';
import { turn } from '../turn.ts';

/** Images of the thesis, of all classes together, by problem. */
export const liposomeCounts = { lamellarity: 14_169, encapsulation: 24_918 } as const;

/** Pixels along each side of what is drawn. */
export const usualSize = 64;

/** Images between two turns of the event loop. */
const size = 64;

/** What `dataset` is told of liposomes. */
export interface LiposomeFlags {
  readonly problem?: keyof typeof liposomeCounts;
  readonly count?: number;
  readonly size?: number;
  readonly ambiguity?: number;
  readonly seed?: number;
}

/**
 * Artificial liposomes at the class shares of the thesis, and as many as it has unless told otherwise.
 *
 * @param file what a file says of them; the flags change it.
 */
export function liposomeSet(
  { problem, count, size: side, ambiguity, seed }: LiposomeFlags,
  file: Partial<LiposomesOptions> = {},
): ImageSet {
  const chosen = problem ?? file.problem ?? 'lamellarity';
  const own = seed ?? file.seed;
  if (own === undefined) throw new InputError("option '--seed <s>' is missing");
  return liposomes({
    size: usualSize,
    ...file,
    problem: chosen,
    count: count ?? file.count ?? liposomeCounts[chosen],
    seed: own,
    ...(side !== undefined && { size: side }),
    ...(ambiguity !== undefined && { ambiguity }),
  });
}

/**
 * Writes images as PNG files in folders by class, their masks beside in a folder `masks`, and what is known of each in
 * `labels.csv`. The folder is there whole or not at all.
 *
 * @param folder that is not there yet, or is empty.
 */
export async function writeLiposomes(folder: string, set: ImageSet): Promise<void> {
  await refuseFilled(folder);
  makeFolder(dirname(resolve(folder)));
  // Beside it, so that it takes its place at one go.
  const part = join(dirname(resolve(folder)), `.${basename(folder)}.part-${process.pid}`);
  const bar = progressBar('drawing  {bar} {percentage} %  {left}', set.count);
  try {
    for (const name of set.classes) {
      mkdirSync(join(part, name), { recursive: true });
      mkdirSync(join(part, 'masks', name), { recursive: true });
    }
    const digits = String(Math.max(1, set.count - 1)).length;
    const rows: string[] = [];
    for await (const images of set.batches({ size })) {
      rows.push(...(await writeBatch(part, images, digits)));
      bar.update(Math.min(set.count, rows.length));
      interruption.signal.throwIfAborted();
      await turn();
    }
    const header = csvRow(['image', 'label', 'mask', 'radius', 'membranes', 'filling']);
    await writeFile(join(part, 'labels.csv'), [header, ...rows].join(''));
    // Whatever came into it meanwhile is not ours to remove: then this fails.
    await rmdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    await rename(part, folder);
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw storageError(error, folder);
  } finally {
    bar.stop();
  }
}

async function writeBatch(folder: string, images: Images, digits: number): Promise<string[]> {
  const rows: string[] = [];
  const { image: numbers, radius, membranes, filling } = images.imageColumns;
  for (const { index, label = '', mask, ...picture } of images) {
    const file = `${String(columnValue(numbers, index)).padStart(digits, '0')}.png`;
    const name = `${label}/${file}`;
    await writeFile(join(folder, label, file), encodePng(picture));
    await writeFile(join(folder, 'masks', label, file), encodeMask({ ...picture, mask: mask! }));
    const known = [radius, membranes, filling].map((column) =>
      Number(Number(columnValue(column, index)).toPrecision(6)),
    );
    rows.push(csvRow([name, label, `masks/${name}`, ...known]));
  }
  return rows;
}

/** Refuses a folder that has anything in it: what is there would be lost, or be read as images of the set. */
async function refuseFilled(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new InputError(
      `${folder}: ${error.code === 'ENOTDIR' ? 'is a file' : error.message}: expected a folder`,
    );
  });
  if (names.length === 0) return;
  throw new InputError(`${folder}: is not empty: expected a new folder for images`);
}

function storageError(error: unknown, folder: string): unknown {
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  return code === undefined || syscall === undefined
    ? error
    : new StorageError(`${folder}: ${code === 'ENOSPC' ? 'there is no space left' : message}`);
}
