import { fsync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';

/**
 * Has the disk keep a file. By its number, since the files that Yarn gives a program without `node_modules` have a `sync`
 * which throws.
 */
export const syncFile = ({ fd }: FileHandle): Promise<void> => promisify(fsync)(fd);
