import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, posix, resolve } from 'node:path';
import { SweepError } from '../errors.ts';
import { isOpen, readSweep } from '../read-sweep.ts';
import type { Sweep, SweepGrid } from '../sweep.ts';
import { sweepTasks } from '../sweep-tasks.ts';

/**
 * Reads a sweep file, with the files that fit its patterns.
 *
 * @returns the sweep, and the folder of the file, which paths in commands are relative to.
 *
 * @example
 * const { sweep, base } = await readSweepFile('sweeps/lengths.json');
 */
export async function readSweepFile(
  file: string,
): Promise<{ readonly sweep: Sweep; readonly base: string }> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const missing = error.code === 'ENOENT' ? 'there is no such file' : error.message;
    throw new SweepError(`${file}: ${missing}: expected a sweep`);
  });
  const base = dirname(resolve(file));
  return { sweep: await findFiles(readSweep(text, file), base), base };
}

/**
 * A sweep with files in place of patterns of files, sorted by name; the same where it has none. `*` stands for any part of
 * a name in the last part of the pattern.
 *
 * @param base the folder that the patterns are relative to.
 * @throws {@link SweepError} where no file fits.
 */
export async function findFiles(sweep: Sweep, base: string): Promise<Sweep> {
  if (!isOpen(sweep)) return sweep;
  const grids: SweepGrid[] = [];
  for (const grid of [sweep.grid!].flat()) {
    const values: Record<string, SweepGrid['values'][string]> = {};
    for (const [key, of] of Object.entries(grid.values)) {
      values[key] = 'files' in of ? await filesFor(of.files, base) : of;
    }
    grids.push({ ...grid, values });
  }
  const found = { ...sweep, grid: grids };
  // Two files may make one name.
  sweepTasks(found);
  return found;
}

async function filesFor(pattern: string, base: string): Promise<string[]> {
  const folder = posix.dirname(pattern);
  const parts = posix.basename(pattern).split('*').map(escaped);
  const fits = new RegExp(`^${parts.join('.*')}$`);
  const entries = await readdir(join(base, folder), { withFileTypes: true }).catch(() => []);
  const names = entries.filter((each) => !each.isDirectory() && fits.test(each.name));
  if (names.length === 0) {
    throw new SweepError(`files is ${pattern}: expected a pattern that fits files in ${base}`);
  }
  return names.map(({ name }) => (folder === '.' ? name : posix.join(folder, name))).sort();
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
