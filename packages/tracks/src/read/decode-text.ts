import { ReadError } from '../errors.ts';

/**
 * Bytes of a text as strings: UTF-8, or UTF-16 where a byte-order mark says so; the mark itself is dropped.
 *
 * @throws {@link ReadError} at a NUL, which no text has
 */
export async function* decodeText(
  source: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let start: Uint8Array = new Uint8Array(0);
  let before = 0;
  for await (let chunk of source) {
    if (!decoder) {
      if (start.length + chunk.length < 2) {
        start = chunk;
        continue;
      }
      if (start.length > 0) chunk = Uint8Array.from([...start, ...chunk]);
      decoder = new TextDecoder(encodingOf(chunk));
    }
    const text = decoder.decode(chunk, { stream: true });
    if (text.includes('\0')) failOnNul(name, before);
    if (text !== '') yield text;
    before += chunk.length;
  }
  const rest = decoder ? decoder.decode() : new TextDecoder().decode(start);
  if (rest.includes('\0')) failOnNul(name, before);
  if (rest !== '') yield rest;
}

/** The encoding that the first bytes tell. */
export function encodingOf(head: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8';
}

function failOnNul(source: string, after: number): never {
  const where = after === 0 ? '' : ` after its first ${after} bytes`;
  throw new ReadError(`the file holds binary data${where} (a NUL): expected text`, { source });
}
