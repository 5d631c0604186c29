import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sweep } from './index.ts';
import { runSweep, writeTable } from './node/index.ts';

/** The command that stands for `diffusion`. */
export const command = fileURLToPath(new URL('node/command.fixture.mjs', import.meta.url));
export const program = [process.execPath, command] as const;

/** Tasks that take a while, and a line for each start in a file. */
export const working = (count: number, milliseconds: number, log: string): Sweep => ({
  ...{ format: 'diffusion-sweep', version: 1, name: 'work', seed: 3 },
  tasks: [{ name: 'bad', command: ['fail', 'x'] }],
  grid: {
    command: ['work', '{output}', '{seed}', String(milliseconds), log],
    values: { k: Array.from({ length: count }, (_, k) => k) },
  },
});

/** The table of a sweep as it is when one process runs it at a stretch. */
export async function tableHere(sweep: Sweep, folder: string, base: string): Promise<string> {
  await runSweep(sweep, { folder, program, base, workers: 2 });
  return tableIn(folder);
}

export async function tableIn(folder: string): Promise<string> {
  await writeTable(folder);
  return readFile(join(folder, 'table.csv'), 'utf8');
}

/** Starts a process that says what goes wrong on this one's stderr. */
export function start(file: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Waits until something is so. */
export async function until(isSo: () => boolean | Promise<boolean>, seconds = 60): Promise<void> {
  for (const end = Date.now() + 1000 * seconds; !(await isSo()); ) {
    if (Date.now() > end) throw new Error('it does not happen');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
