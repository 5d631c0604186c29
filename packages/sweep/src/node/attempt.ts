import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freeFolder, writeAtomically } from '@diffusion/tracks/node';
import type { SweepTask } from '../sweep.ts';
import { endedIn, namesIn, numberOf, runningIn, taskFolder } from './folder.ts';
import { endOrphan, isRunning, newId, type Process, thisProcess } from './place.ts';

/** Who works on a task, in the file that says so. */
interface Holder extends Process {
  readonly id: string;
  /** Counts on while the holder lives: of another machine that is all that can be seen. */
  readonly beat: number;
  /** The program that it has started. */
  readonly child?: number;
  /** It has given the task up, and nobody needs to wait. */
  readonly over?: true;
}

/** Seconds between two beats, and without one until a holder on another machine counts as dead. */
const BEAT = 10;
const PATIENCE = 60;

/** One go at a task, by this process alone. */
export interface Attempt {
  readonly id: string;
  /** Its folder while it lasts, and the one that it will be. */
  readonly folder: string;
  readonly end: string;
  /** Whether the output has what an attempt before was at when it was cut short. */
  readonly left: boolean;
  /** Whether nobody has taken it over. */
  isOurs(): Promise<boolean>;
  /** Says which program works for it, so that one that outlives this process can be ended. */
  works(child: number): Promise<void>;
  /** Ends it with all that is in the folder; false where somebody else has ended the task, and nothing is kept. */
  publish(): Promise<boolean>;
  /** Leaves the task to whoever comes next, with what there is of it. */
  leave(): Promise<void>;
}

/**
 * Attempts are told apart by a number, and the highest is the one that counts: to take a task over is to make the folder of
 * the next number, which only one process can. The folder of an attempt becomes that of the task in one step, and the
 * first one stays. No clock is compared with that of another machine: what is watched is whether a holder's beat changes.
 *
 * @param options.patience seconds without a change after which a holder of another machine counts as dead.
 */
export function attemptsIn(
  folder: string,
  { patience = PATIENCE, beat = BEAT }: { patience?: number; beat?: number } = {},
): { begin(task: SweepTask): Promise<Attempt | 'held' | 'ended'> } {
  const running = runningIn(folder);
  const seen = new Map<string, { readonly beat: string; readonly since: number }>();

  /** The numbers of a task's attempts, the highest first. */
  const numbersOf = async (index: number): Promise<number[]> => {
    const before = `${numberOf(index)}.`;
    return (await namesIn(running))
      .filter((name) => name.startsWith(before))
      .map((name) => Number(name.slice(before.length)))
      .sort((a, b) => b - a);
  };

  const isAlive = (name: string, holder: Holder | undefined): boolean => {
    if (holder?.over) return false;
    const known = holder && isRunning(holder);
    if (known !== undefined) return known;
    const now = `${holder?.id} ${holder?.beat}`;
    const last = seen.get(name);
    if (last?.beat !== now) {
      seen.set(name, { beat: now, since: performance.now() });
      return true;
    }
    return performance.now() - last.since < 1000 * patience;
  };

  return {
    async begin(task) {
      const end = join(endedIn(folder), taskFolder(task));
      const others = await numbersOf(task.index);
      const [last = 0] = others;
      const nameOf = (attempt: number) => `${numberOf(task.index)}.${attempt}`;
      const before = join(running, nameOf(last));
      const holder = last > 0 ? await holderOf(before) : undefined;
      if (await isThere(end)) return 'ended';
      if (last > 0 && isAlive(nameOf(last), holder)) return 'held';

      const id = newId();
      const own = join(running, nameOf(last + 1));
      const made = join(running, `new-${id}`);
      let told: Holder = { ...thisProcess(), id, beat: 0 };
      await mkdir(made);
      await writeFile(join(made, 'holder.json'), JSON.stringify(told));
      const drop = () => rm(own, { recursive: true, force: true });
      if (!(await moved(made, own))) {
        await rm(made, { recursive: true, force: true });
        return 'held';
      }
      const isOurs = async () =>
        (await numbersOf(task.index))[0] === last + 1 && (await holderOf(own))?.id === id;
      // Somebody may have been through all of it between the look at what is there and the claim.
      if (await isThere(end)) {
        await drop();
        return 'ended';
      }
      if (!(await isOurs())) {
        await drop();
        return 'held';
      }

      const output = join(own, 'output');
      let left = false;
      if (last > 0) {
        if (holder?.child !== undefined && isRunning(holder) !== undefined) {
          endOrphan(holder.child, holder.id);
        }
        for (const attempt of others) {
          const folderBefore = join(running, nameOf(attempt));
          // From here on what was started before writes to nowhere.
          left ||= await moved(join(folderBefore, 'output'), output);
          await rm(folderBefore, { recursive: true, force: true });
        }
        if (left) await freeFolder(output);
      }
      if (!left) await mkdir(output, { recursive: true });

      let writing: Promise<void> = Promise.resolve();
      const tell = (change: Partial<Holder>) => {
        told = { ...told, ...change };
        const text = JSON.stringify(told);
        writing = writing.then(() => write(own, id, text)).catch(() => {});
        return writing;
      };
      const beating = setInterval(() => tell({ beat: told.beat + 1 }), 1000 * beat);
      beating.unref();
      const stop = async () => {
        clearInterval(beating);
        await writing;
      };
      return {
        ...{ id, folder: own, end, left, isOurs },
        works: (child) => tell({ child }),
        async publish() {
          await stop();
          const first = (await isOurs()) && (await moved(own, end));
          if (first) await rm(join(end, 'holder.json'), { force: true });
          else await drop();
          return first;
        },
        async leave() {
          await stop();
          await tell({ over: true });
        },
      };
    },
  };
}

/** Puts the holder's words in place of those before, unless the folder is gone. */
async function write(folder: string, id: string, text: string): Promise<void> {
  const file = join(folder, `holder-${id}.tmp`);
  await writeFile(file, text);
  await rename(file, join(folder, 'holder.json'));
}

async function holderOf(folder: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, 'holder.json'), 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Gives a folder another name, unless there is one of that name with something in it, or the folder is gone. */
async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    // EPERM is what Windows says of a folder that is there.
    if (['ENOTEMPTY', 'EEXIST', 'ENOENT', 'EPERM'].includes(code)) return false;
    throw error;
  }
}

/** Puts what ended with an error aside, so that it is tried again. */
export async function forget(folder: string, task: SweepTask): Promise<void> {
  const aside = join(runningIn(folder), `old-${newId()}`);
  if (await moved(join(endedIn(folder), taskFolder(task)), aside)) {
    await rm(aside, { recursive: true, force: true });
  }
}

/** Writes a file of an attempt so that it is there whole. */
export const writeInto = (folder: string, name: string, text: string): Promise<void> =>
  writeAtomically(join(folder, name), text);
