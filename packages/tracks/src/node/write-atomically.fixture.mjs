// One file, for scripts/faults.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '@diffusion/tracks/node';

export const prepare = (folder) => writeFile(join(folder, 'a.txt'), 'old');
export const act = (folder) => writeAtomically(join(folder, 'a.txt'), ['n', 'ew']);
export const state = (folder) => readFile(join(folder, 'a.txt'), 'utf8');
