/** A number so that it reads back as the same bits; what is −0 keeps its sign. */
export function numberText(value: number): string {
  return value === 0 && 1 / value < 0 ? '-0' : String(value);
}

/** Puts short pieces of text together into blocks of some 64 KB. */
export function* textBlocks(pieces: Iterable<string>): Generator<string> {
  let block = '';
  for (const piece of pieces) {
    block += piece;
    if (block.length < 1 << 16) continue;
    yield block;
    block = '';
  }
  if (block !== '') yield block;
}
