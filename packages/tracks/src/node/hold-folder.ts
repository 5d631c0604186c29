import { rmSync, writeFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { TracksError } from '../errors.ts';
import { isAlive } from './temporary.ts';
import { writeError } from './write-error.ts';

/** Who holds a folder, in the file that says so. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly since: string;
}

const name = '.diffusion-held.json';

/**
 * Holds a folder until the promise's function is called or the program ends, so that no second program writes to it
 * meanwhile. One whose holder was killed, on this machine, is free.
 *
 * @throws {@link TracksError} that says who holds it.
 *
 * @example
 * const release = await holdFolder('out/model');
 * try { await train(); } finally { await release(); }
 */
export async function holdFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, name);
  const holder: Holder = {
    pid: process.pid,
    host: hostname(),
    since: new Date().toISOString(),
  };
  const atExit = () => rmSync(path, { force: true });
  for (let attempt = 0; ; attempt++) {
    try {
      // At one go: a signal in between would leave a file that nobody knows to remove, or one that says nothing yet.
      writeFileSync(path, `${JSON.stringify(holder)}\n`, { flag: 'wx' });
      process.on('exit', atExit);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        // A full disk has room for the name alone.
        await rm(path, { force: true }).catch(() => {});
        throw writeError(error, path);
      }
      const other = await readHolder(path);
      if (isAtWork(other) || attempt > 0) throw heldBy(folder, other);
      await rm(path, { force: true });
    }
  }
  return async () => {
    process.off('exit', atExit);
    await rm(path, { force: true });
  };
}

/**
 * Refuses a folder that another program holds, without holding it: to tell so before a work that holds it later.
 *
 * @throws {@link TracksError} as {@link holdFolder} does.
 *
 * @example
 * await refuseHeld('out/model'); // before an hour of preparation
 */
export async function refuseHeld(folder: string): Promise<void> {
  const holder = await readHolder(join(folder, name));
  if (isAtWork(holder)) throw heldBy(folder, holder);
}

/**
 * Frees a folder whose holder is known to have ended, on whatever machine: what {@link holdFolder} cannot know of another
 * one.
 *
 * @example
 * await freeFolder('out/model'); // the machine that held it was switched off
 */
export async function freeFolder(folder: string): Promise<void> {
  await rm(join(folder, name), { force: true });
}

/** Whether a holder may still write; of another machine nobody can say. */
const isAtWork = (holder: Holder | undefined): boolean =>
  holder !== undefined && (holder.host !== hostname() || isAlive(holder.pid));

function heldBy(folder: string, holder: Holder | undefined): TracksError {
  const who = holder
    ? `process ${holder.pid} on ${holder.host} since ${holder.since}`
    : 'another program';
  return new TracksError(
    `${folder}: is held by ${who}: expected a folder that nobody else writes to (remove ${join(folder, name)} if that has ended)`,
  );
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    const holder = JSON.parse(await readFile(path, 'utf8')) as Holder;
    return typeof holder.pid === 'number' && typeof holder.host === 'string' ? holder : undefined;
  } catch {
    return undefined;
  }
}
