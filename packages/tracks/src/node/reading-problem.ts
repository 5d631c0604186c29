/**
 * Why a file or folder could not be read, in words; undefined for an error that is not the file system's.
 *
 * @example
 * await readFile(path).catch((error) => { throw new Error(`${path}: ${readingProblem(error)}`) });
 */
export function readingProblem(error: unknown): string | undefined {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === undefined ? undefined : (problems[code] ?? message);
}

const problems: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'there is no such file or folder',
  EACCES: 'the file may not be read',
  EPERM: 'the file may not be read',
  EISDIR: 'is a folder: expected a file',
};
