import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StorageError } from '../errors.ts';
import { readBytes } from './read-file.ts';
import { syncFolder } from './sync-folder.ts';
import { discard, isFinished, removeLeftOver, temporaryFile } from './temporary.ts';
import { writeAtomically } from './write-atomically.ts';
import { writeError } from './write-error.ts';
import { type Chunks, writeWhole } from './write-whole.ts';

/** The list of what has still to be renamed: from the moment that it is there, the new files are what the folder holds. */
const listName = '.diffusion-replacing.json';

/** The most bytes of that list. */
const LONGEST_LIST = 2 ** 20;

interface Replacement {
  /** Pairs of the name that a file was written under and its own. */
  readonly renames: readonly (readonly [string, string])[];
  /** Names of files that go. */
  readonly removes: readonly string[];
}

/** A file of a folder that is replaced as a whole. */
export interface NewFile {
  readonly name: string;
  readonly chunks: Chunks;
}

/**
 * Replaces files of a folder together: all of them or none. Each is written under another name; then one file that lists
 * them all takes its place, which is the moment from which on the new ones count, and they get their own names. A program
 * that is killed before that moment leaves the old files; after it {@link committedPath} finds the new ones, and
 * {@link finishReplacing} or the next replacement gives them their names.
 *
 * @param files written in this order, each when the one before is on the disk.
 * @param options.removes names of files that go with the same step.
 * @throws as {@link writeAtomically} does; the old files are there then.
 *
 * @example
 * await replaceFiles('out/model', [
 *   { name: 'weights.bin', chunks: weights },
 *   { name: 'card.json', chunks: JSON.stringify(card) },
 * ]);
 */
export async function replaceFiles(
  folder: string,
  files: Iterable<NewFile>,
  { removes = [], signal }: { removes?: readonly string[]; signal?: AbortSignal } = {},
): Promise<void> {
  signal?.throwIfAborted();
  await finishReplacing(folder);
  await removeLeftOver(folder);
  const renames: (readonly [string, string])[] = [];
  const written = new Set<string>();
  try {
    for (const { name, chunks } of files) {
      const temporary = temporaryFile(folder);
      written.add(temporary);
      await writeWhole(temporary, chunks, { name: join(folder, name), exclusive: true, signal });
      renames.push([temporary.slice(folder.length).replace(/^[\\/]+/, ''), name]);
    }
    const list: Replacement = { renames, removes };
    await writeAtomically(join(folder, listName), JSON.stringify(list), { signal });
  } catch (error) {
    for (const temporary of written) await discard(temporary);
    throw error;
  }
  for (const temporary of written) isFinished(temporary);
  await carryThrough(folder, { renames, removes });
}

/**
 * Gives files their names that a program which was killed had written whole ({@link replaceFiles}); does nothing where
 * there are none, or where the folder may not be written to.
 */
export async function finishReplacing(folder: string): Promise<void> {
  const replacement = await unfinishedReplacement(folder);
  if (replacement) await carryThrough(folder, replacement).catch(() => {});
}

/**
 * Where the file of a name is: its path, or where a program that was killed left the file that is to have that name.
 *
 * @example
 * const card = await readFile(await committedPath('out/model', 'card.json'));
 */
export async function committedPath(folder: string, name: string): Promise<string> {
  const replacement = await unfinishedReplacement(folder);
  const [temporary] = replacement?.renames.find(([, own]) => own === name) ?? [];
  const waiting = temporary && join(folder, temporary);
  return waiting && (await exists(waiting)) ? waiting : join(folder, name);
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

async function unfinishedReplacement(folder: string): Promise<Replacement | undefined> {
  try {
    const bytes = await readBytes(join(folder, listName), LONGEST_LIST);
    const list = JSON.parse(new TextDecoder().decode(bytes)) as Replacement;
    const { renames, removes } = list;
    const pairs = renames.every((pair) => Array.isArray(pair) && pair.length === 2);
    // Names alone: a list that came from elsewhere reaches no other folder.
    const names = [...renames.flat(), ...removes].every((name) => /^[^\\/]+$/.test(name));
    return pairs && names ? { renames, removes } : undefined;
  } catch {
    return undefined;
  }
}

/** The names of the new files; what an interrupted run has renamed already is passed over. */
async function carryThrough(folder: string, { renames, removes }: Replacement): Promise<void> {
  const failed = (name: string) => (error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    const { message } = writeError(error, join(folder, name)) as Error;
    throw new StorageError(
      `${message}; the new files are in ${folder}, and get their names when it is used next`,
      { cause: error },
    );
  };
  for (const [temporary, name] of renames) {
    const from = join(folder, temporary);
    const to = join(folder, name);
    // Once more: nothing is gained by giving up between two names.
    await rename(from, to)
      .catch(() => rename(from, to))
      .catch(failed(name));
  }
  for (const name of removes) await rm(join(folder, name), { force: true }).catch(failed(name));
  await syncFolder(folder);
  await rm(join(folder, listName), { force: true }).catch(failed(listName));
}
