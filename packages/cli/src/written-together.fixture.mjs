// A data set that takes the place of another, for scripts/faults.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { committedPath } from '@diffusion/tracks/node';
import { writeTogether } from '../dist/written-together.js';

const files = (text) =>
  ['tracks.csv', 'labels.csv'].map((name) => ({ name, chunks: [text, `${name}\n`] }));

export const prepare = async (folder) => {
  await writeTogether(folder, files('old'));
  await writeFile(join(folder, 'notes.txt'), 'of somebody else');
};

export const act = (folder) => writeTogether(folder, files('new'));

export async function state(folder) {
  const read = async (name) => readFile(await committedPath(folder, name), 'utf8');
  const found = [await read('tracks.csv'), await read('labels.csv')];
  for (const age of ['old', 'new']) {
    if (found.join() === `${age}tracks.csv\n,${age}labels.csv\n`) return age;
  }
  return found.join(' and ');
}
