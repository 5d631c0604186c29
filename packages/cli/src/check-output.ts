import { access, constants, stat } from 'node:fs/promises';
import { basename, dirname, extname } from 'node:path';
import { isFolder } from './exists.ts';
import { InputError } from './input-error.ts';

/**
 * Tells before the work, not after it, that a file cannot be written.
 *
 * @param options.ending what its name must end in if it has an ending, as `.csv`; any where there are several formats.
 * @param options.inputs files that are read: see {@link refuseInput}.
 */
export async function checkOutput(
  path: string,
  { ending, inputs = [] }: { ending?: string; inputs?: readonly string[] } = {},
): Promise<void> {
  const name = basename(path);
  if (
    /^\.(csv|tsv|txt|xml|json|npy|arrow|feather|parquet|geff|geff\.zip|html)(\.gz)?$/i.test(name)
  ) {
    throw new InputError(`${path}: is an ending without a name: expected NAME${name}`);
  }
  const found = extname(path).toLowerCase();
  if (ending !== undefined && found !== '' && found !== ending) {
    throw new InputError(`${path}: expected a name in ${ending}`);
  }
  if (Buffer.byteLength(name) > 255) {
    throw new InputError(`${path}: the name is too long for the file system`);
  }
  const there = await stat(path).catch(() => undefined);
  if (there?.isDirectory()) throw new InputError(`${path}: is a folder: expected a file`);
  await refuseInput(path, inputs);
  if (there && !there.isFile()) return;
  const folder = dirname(path);
  if (!(await isFolder(folder))) throw new InputError(`${path}: there is no folder ${folder}`);
  await access(folder, constants.W_OK).catch(() => {
    throw new InputError(`${path}: the folder ${folder} may not be written to`);
  });
}

/**
 * Refuses an output that is one of the files that are read, by whatever name or link. A device or a pipe may be both.
 *
 * @param inputs files; of a folder, the files in it that were read.
 */
export async function refuseInput(path: string, inputs: readonly string[]): Promise<void> {
  const output = await stat(path).catch(() => undefined);
  if (!output?.isFile()) return;
  for (const input of inputs) {
    const found = await stat(input).catch(() => undefined);
    if (found?.isFile() && found.dev === output.dev && found.ino === output.ino) {
      throw new InputError(
        `${path}: is ${path === input ? 'an input' : `the input ${input}`}, too: expected another file`,
      );
    }
  }
}
