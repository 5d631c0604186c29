import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Names of files that are being written say who writes them, so that those of a run that was killed can be told from
 * those of one that is still at work, and are short, whatever the file will be called.
 */
const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
const pattern = /^\.diffusion-([0-9a-f]{8})-(\d+)-\d+\.tmp$/;

let made = 0;

/** Files that are being written, under their other names. */
const unfinished = new Set<string>();

function removeUnfinished(): void {
  for (const file of unfinished) rmSync(file, { force: true, recursive: true });
}

/** A name for a file that is being written to a folder; removed when the program exits half-way. */
export function temporaryFile(folder: string): string {
  const file = join(folder, `.diffusion-${host}-${process.pid}-${made++}.tmp`);
  unfinished.add(file);
  if (!process.listeners('exit').includes(removeUnfinished)) process.on('exit', removeUnfinished);
  return file;
}

/** The file has its own name now, or belongs to a replacement that a later run can finish. */
export const isFinished = (file: string): boolean => unfinished.delete(file);

/** Removes a file that was being written. */
export async function discard(file: string): Promise<void> {
  await rm(file, { force: true, recursive: true });
  unfinished.delete(file);
}

const cleaned = new Set<string>();

/** Removes what runs of this machine that were killed left half-written in a folder; once per folder and program. */
export async function removeLeftOver(folder: string): Promise<void> {
  const place = resolve(folder);
  if (cleaned.has(place)) return;
  cleaned.add(place);
  const names = await readdir(place).catch(() => []);
  for (const name of names) {
    const [, where, pid] = pattern.exec(name) ?? [];
    if (where === host && !isAlive(Number(pid))) {
      await rm(join(place, name), { force: true, recursive: true });
    }
  }
}

/** Whether a process of this machine runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, and somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
