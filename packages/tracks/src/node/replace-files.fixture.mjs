// Two files of a folder that are saved together, for scripts/faults.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { committedPath, replaceFiles } from '@diffusion/tracks/node';

export async function prepare(folder) {
  await writeFile(join(folder, 'a.txt'), 'old');
  await writeFile(join(folder, 'b.txt'), 'old');
  await writeFile(join(folder, 'c.txt'), 'old');
}

export const act = (folder) =>
  replaceFiles(
    folder,
    [
      { name: 'a.txt', chunks: ['n', 'ew'] },
      { name: 'b.txt', chunks: 'new' },
    ],
    { removes: ['c.txt'] },
  );

export async function state(folder) {
  const read = async (name) => readFile(await committedPath(folder, name), 'utf8');
  const found = [await read('a.txt'), await read('b.txt')];
  return found[0] === found[1] ? found[0] : found.join(' and ');
}
