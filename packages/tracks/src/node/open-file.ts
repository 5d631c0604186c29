import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { ReadError } from '../errors.ts';
import { readingProblem } from './reading-problem.ts';

/** Which files may be opened. */
export interface OpenOptions {
  /**
   * Whether a pipe or a device may be read too, as where somebody names it: `<(zcat …)`, `/dev/stdin`. Elsewhere it would
   * be waited for, or never end.
   */
  pipes?: boolean;
}

/**
 * Opens a file for reading, or says why not. What is opened is looked at again, as it may have been replaced since its
 * folder was read.
 *
 * @throws {@link ReadError} for a file that is missing, may not be read, or is no file but a folder, a pipe, a device or a
 *   socket; its `cause` is what the system said
 */
export async function openFile(
  path: string,
  { pipes = false }: OpenOptions = {},
): Promise<{ handle: FileHandle; size: number; regular: boolean }> {
  // Without O_NONBLOCK the opening of a pipe waits for somebody who writes into it.
  const flags = constants.O_RDONLY | (pipes ? 0 : (constants.O_NONBLOCK ?? 0));
  let handle: FileHandle;
  try {
    // A file that cannot be told apart later (a socket cannot be opened at all) is told by its kind.
    const what = kindOf(await stat(path));
    if (what !== undefined && !(pipes && what !== 'a folder' && what !== 'a socket')) {
      throw new ReadError(`is ${what}: expected a file`, { source: path });
    }
    handle = await open(path, flags);
  } catch (error) {
    throw fileError(error, path);
  }
  try {
    const found = await handle.stat();
    const what = kindOf(found);
    if (what !== undefined && !pipes) {
      throw new ReadError(`is ${what}: expected a file`, { source: path });
    }
    return { handle, size: found.size, regular: what === undefined };
  } catch (error) {
    await handle.close();
    throw fileError(error, path);
  }
}

/** What something is that is no file; undefined for a file. */
export function kindOf(found: {
  isFile(): boolean;
  isDirectory(): boolean;
  isFIFO(): boolean;
  isSocket(): boolean;
}): string | undefined {
  if (found.isFile()) return undefined;
  if (found.isDirectory()) return 'a folder';
  if (found.isFIFO()) return 'a pipe';
  return found.isSocket() ? 'a socket' : 'a device';
}

/** What the system says of a file, as a {@link ReadError}; any other error as it is. */
export function fileError(error: unknown, source: string): unknown {
  const problem = readingProblem(error);
  const { code = '' } = error as NodeJS.ErrnoException;
  // Codes of Node's own are mistakes of the program.
  if (problem === undefined || code.startsWith('ERR_')) return error;
  return new ReadError(problem, { source }, { cause: error });
}
