/** How a frame begins. */
const MAGIC = 0x184d2204;

/**
 * Undoes an LZ4 frame, whose blocks may refer to those before them; checksums are passed over.
 *
 * @param size how many bytes it unpacks to
 * @throws {RangeError} where the data end early, are damaged, or unpack to another number of bytes
 *
 * Source: LZ4 Frame Format 1.6.4 and LZ4 Block Format (github.com/lz4/lz4, doc).
 */
export function unpackLz4Frame(data: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new RangeError('no LZ4 frame');
  const flags = view.getUint8(4);
  const blockChecksum = (flags & 0x10) !== 0;
  // The header: content size and dictionary id, where they are told, and its own checksum.
  let at = 6 + (flags & 0x08 ? 8 : 0) + (flags & 0x01 ? 4 : 0) + 1;
  const out = new Uint8Array(size);
  let filled = 0;
  for (;;) {
    const word = view.getUint32(at, true);
    at += 4;
    if (word === 0) break;
    const length = word & 0x7fffffff;
    if (length > data.length - at) throw new RangeError('an LZ4 block that ends early');
    const block = data.subarray(at, at + length);
    // The highest bit says that the block is as it was.
    if (word >>> 31) {
      out.set(block, filled);
      filled += length;
    } else {
      filled = unpackLz4Block(block, out, filled);
    }
    at += length + (blockChecksum ? 4 : 0);
  }
  if (filled !== size) throw new RangeError(`LZ4 data of ${filled} bytes, not ${size}`);
  return out;
}

/**
 * Undoes one block into `out` from `filled` on; gives where it ends.
 *
 * @throws {RangeError} where the block ends early, is damaged, or has no room
 */
export function unpackLz4Block(block: Uint8Array, out: Uint8Array, filled = 0): number {
  let at = 0;
  let end = filled;
  const more = (short: number): number => {
    let length = short;
    if (short < 15) return length;
    for (let byte = 255; byte === 255; length += byte) {
      if (at >= block.length) throw new RangeError('an LZ4 block that ends early');
      byte = block[at++];
    }
    return length;
  };
  while (at < block.length) {
    const token = block[at++];
    const literals = more(token >> 4);
    if (literals > block.length - at || literals > out.length - end) {
      throw new RangeError('LZ4 literals beyond their block');
    }
    out.set(block.subarray(at, at + literals), end);
    at += literals;
    end += literals;
    if (at === block.length) break;
    const back = block[at] | (block[at + 1] << 8);
    at += 2;
    const match = more(token & 15) + 4;
    if (!(back > 0 && back <= end && match <= out.length - end)) {
      throw new RangeError('an LZ4 match beyond the data');
    }
    // Byte by byte, since a match may reach into what it writes itself.
    for (let k = 0; k < match; k++, end++) out[end] = out[end - back];
  }
  return end;
}
