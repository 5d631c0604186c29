import { joinBytes } from './bytes.ts';

/** All bytes of a source in one array: for formats whose parts point at each other. */
export async function wholeBytes(
  source: AsyncIterable<Uint8Array>,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source) {
    // A caller may fill its buffer anew for the next piece.
    pieces.push(piece.slice());
  }
  return joinBytes(pieces);
}
