import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { StorageError } from '@diffusion/tracks';
import { InputError } from './input-error.ts';

/**
 * Makes a folder to write to, with those above it, where it is not there yet. At one go: a signal between the folder and
 * the answer would leave one that nobody knows to remove.
 *
 * @returns the first folder that had to be made, undefined where all were there.
 */
export function makeFolder(path: string): string | undefined {
  try {
    const made = makeMissing(path);
    // What is there now is a folder, or an error.
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.W_OK);
    return made;
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const line = `${path.slice(0, 200)}: ${problems[code] ?? message}`;
    // The disk is none of the caller's making.
    throw code === 'ENOSPC' ? new StorageError(line) : new InputError(line);
  }
}

/** One level after the other: asked for all at once, Node never ends where a folder that is there takes none, as in /proc. */
function makeMissing(path: string): string | undefined {
  if (existsSync(path)) return undefined;
  const above = makeMissing(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process was first.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return above;
  }
  return above ?? path;
}

const problems: Record<string, string> = {
  EEXIST: 'is a file: expected a folder',
  ENOTDIR: 'lies below a file: expected a folder',
  EACCES: 'the folder may not be written to',
  EPERM: 'the folder may not be written to',
  EROFS: 'the folder may not be written to',
  ENOSPC: 'there is no space left',
  ENOENT: 'the folder cannot be made',
  ENAMETOOLONG: 'the name is too long for the file system',
};
