import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '@diffusion/tracks/node';
import { SweepError } from '../errors.ts';
import { readSweep } from '../read-sweep.ts';
import type { Sweep, SweepTask } from '../sweep.ts';

/** The folder of one task within `tasks`: its number, and of its name what every file system takes. */
export function taskFolder({ index, name }: Pick<SweepTask, 'index' | 'name'>): string {
  const plain = name.replace(/[^A-Za-z0-9._=+-]+/g, '-').slice(0, 60);
  return `${numberOf(index)}-${plain}`;
}

/** The number of a task as its folders begin with it. */
export const numberOf = (index: number): string => String(index).padStart(5, '0');

/** What was ended, well or not: a folder each, which appears whole. */
export const endedIn = (folder: string): string => join(folder, 'tasks');
/** What is being worked on, or was when somebody was killed. */
export const runningIn = (folder: string): string => join(folder, 'running');

/** Names of the tasks' folders that have ended. */
export async function endedTasks(folder: string): Promise<Set<string>> {
  return new Set(await namesIn(endedIn(folder)));
}

/** Names in a folder; none where it is not there. */
export async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}

const textOf = (sweep: Sweep): string => `${JSON.stringify(sweep, null, 2)}\n`;

/**
 * Makes the folder of a sweep, or finds that it is of this one.
 *
 * @throws {@link SweepError} where it is of another sweep, or has files of something else.
 */
export async function openFolder(folder: string, sweep: Sweep): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'sweep.json');
  const there = await readFile(file, 'utf8').catch(() => undefined);
  if (there === undefined) {
    const other = (await readdir(folder)).find((name) => !name.startsWith('.diffusion-'));
    // Another program may have begun the same sweep meanwhile.
    if (other !== undefined && other !== 'sweep.json') {
      throw new SweepError(`${folder}: has ${other}, and no sweep: expected an empty folder`);
    }
    await writeAtomically(file, textOf(sweep));
  } else if (there !== textOf(sweep)) {
    throw new SweepError(
      `${folder}: is of another sweep, or of this one before it was changed (its sweep.json tells): expected another folder`,
    );
  }
  await mkdir(endedIn(folder), { recursive: true });
  await mkdir(runningIn(folder), { recursive: true });
}

/**
 * The sweep that a folder is of.
 *
 * @throws {@link SweepError} where it is of none.
 */
export async function sweepIn(folder: string): Promise<Sweep> {
  const file = join(folder, 'sweep.json');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
    throw new SweepError(`${folder}: is no folder of a sweep: expected one with sweep.json`);
  });
  return readSweep(text, file);
}
