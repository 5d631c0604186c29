import { stat } from 'node:fs/promises';

/**
 * Remembers files, and folders that are one data set: what it is asked for a second time, by whatever name, it answers with the
 * name of the first time; its tracks would count twice. Pipes, devices and what is not there are never known.
 *
 * @example
 * const known = readBefore();
 * await known('spots.csv'); // undefined
 * await known('./spots.csv'); // 'spots.csv'
 */
export function readBefore(): (file: string) => Promise<string | undefined> {
  const names = new Map<string, string>();
  return async (file) => {
    const found = await stat(file, { bigint: true }).catch(() => undefined);
    if (!found?.isFile() && !found?.isDirectory()) return undefined;
    const id = `${found.dev}:${found.ino}`;
    const before = names.get(id);
    if (before === undefined) names.set(id, file);
    return before;
  };
}
