import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { InputError } from './input-error.ts';

/** The text of a small file (labels, predictions, a specification), gzipped or not. */
export async function readText(path: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new InputError(`${path}: ${problems[code] ?? message}`);
  }
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    try {
      bytes = gunzipSync(bytes);
    } catch {
      throw new InputError(`${path}: the gzip data ends early or is damaged`);
    }
  }
  if (bytes.includes(0)) throw new InputError(`${path}: the file holds binary data: expected text`);
  return new TextDecoder().decode(bytes);
}

const problems: Record<string, string> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'is a folder: expected a file',
  EACCES: 'the file may not be read',
};
