import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { readingProblem } from '@diffusion/tracks/node';
import { InputError } from './input-error.ts';

/** The text of a small file (labels, predictions, a specification), gzipped or not. */
export async function readText(path: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new InputError(`${path}: ${readingProblem(error) ?? (error as Error).message}`);
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
