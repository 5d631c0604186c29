import { access, constants, stat } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { InputError } from './input-error.ts';

/**
 * Tells before the work, not after it, that a file cannot be written.
 *
 * @param ending what its name must end in if it has an ending, as `.csv`; any where there are several formats.
 */
export async function checkOutput(path: string, ending?: string): Promise<void> {
  const found = extname(path).toLowerCase();
  if (ending !== undefined && found !== '' && found !== ending) {
    throw new InputError(`${path}: expected a name in ${ending}`);
  }
  const there = await stat(path).catch(() => undefined);
  if (there?.isDirectory()) throw new InputError(`${path}: is a folder: expected a file`);
  if (there && !there.isFile()) return;
  const folder = dirname(path);
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new InputError(`${path}: there is no folder ${folder}`);
  await access(folder, constants.W_OK).catch(() => {
    throw new InputError(`${path}: the folder ${folder} may not be written to`);
  });
}
