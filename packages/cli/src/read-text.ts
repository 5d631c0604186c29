import { gunzipSync } from 'node:zlib';
import { readBytes } from '@diffusion/tracks/node';
import { parseJson } from '@diffusion/tracks/parsing';
import { InputError } from './input-error.ts';

/** The most bytes of a file of labels, predictions or the like: it is held in memory whole. */
const MOST_BYTES = 2 ** 28;

/** So many times larger than the file, and so many bytes in any case, may be what it unpacks to. */
const MOST_TIMES = 64;
const ALWAYS = 2 ** 24;

/** The text of a small file (labels, predictions, a specification), gzipped or not; a pipe is read too. */
export async function readText(path: string): Promise<string> {
  let bytes: Uint8Array = await readBytes(path, MOST_BYTES, { pipes: true });
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = unpacked(bytes, path);
  if (bytes.includes(0)) throw new InputError(`${path}: the file holds binary data: expected text`);
  return new TextDecoder().decode(bytes);
}

/** A JSON document in a file. */
export async function readJson(path: string, what: string): Promise<unknown> {
  return parseJson(await readText(path), path, what);
}

function unpacked(bytes: Uint8Array, path: string): Uint8Array {
  const most = Math.min(MOST_BYTES, Math.max(ALWAYS, MOST_TIMES * bytes.length));
  try {
    return gunzipSync(bytes, { maxOutputLength: most });
  } catch (error) {
    const tooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new InputError(
      tooLarge
        ? `${path}: the gzip data unpack to more than ${most} bytes: expected at most that`
        : `${path}: the gzip data ends early or is damaged`,
    );
  }
}
