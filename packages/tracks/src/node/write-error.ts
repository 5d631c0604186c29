import { dirname } from 'node:path';
import { StorageError, TracksError } from '../errors.ts';

/** What a path cannot be: the caller's to mend. */
const wrong: Record<string, (path: string) => string> = {
  ENOENT: (path) => `there is no folder ${dirname(path)}`,
  ENOTDIR: (path) => `${dirname(path)} is no folder`,
  EACCES: () => 'the file may not be written',
  EPERM: () => 'the file may not be written',
  EROFS: () => 'the file may not be written',
  ENAMETOOLONG: () => 'the name is too long for the file system',
};

/** What fails outside of the program, whatever it is told. */
const failed: Record<string, string> = {
  ENOSPC: 'there is no space left',
  EDQUOT: 'there is no space left to this user',
  EIO: 'the disk does not work',
};

/**
 * The error of a write, in one line with its path: {@link TracksError} for a path that cannot be written to,
 * {@link StorageError} where the disk failed; other errors as they are.
 */
export function writeError(error: unknown, path: string): unknown {
  const { code, message, syscall } = error as NodeJS.ErrnoException;
  // Of the system alone: others have been here already, or are of whoever gives the pieces.
  if (code === undefined || syscall === undefined) return error;
  if (wrong[code]) return new TracksError(`${path}: ${wrong[code](path)}`);
  return new StorageError(`${path}: ${failed[code] ?? message}`);
}
