/** Undoes zstd into an array that is there. */
export type Unzstd = (data: Uint8Array, into: Uint8Array) => Uint8Array;

/** How a frame begins. */
const MAGIC = 0xfd2fb528;

/**
 * How many bytes a zstd frame says to unpack to; undefined where it says nothing, as one that was written as a stream.
 *
 * Source: RFC 8878, 3.1.1.1.
 *
 * @throws {RangeError} where the data end within its header
 */
export function zstdSize(data: Uint8Array): number | undefined {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (view.getUint32(0, true) !== MAGIC) return undefined;
  const flags = view.getUint8(4);
  const single = (flags >> 5) & 1;
  // Behind the window, which a single segment has not, and the number of a dictionary.
  const at = 6 - single + [0, 1, 2, 4][flags & 3];
  switch (flags >> 6) {
    case 0:
      return single ? view.getUint8(at) : undefined;
    case 1:
      return view.getUint16(at, true) + 256;
    case 2:
      return view.getUint32(at, true);
    default:
      return Number(view.getBigUint64(at, true));
  }
}

/**
 * Undoes a zstd frame of so many bytes.
 *
 * @param unzstd which does not say how many bytes it has made
 * @throws {RangeError} where the frame says that it unpacks to another number of bytes
 */
export function unpackZstd(
  data: Uint8Array,
  size: number,
  unzstd: Unzstd,
): Uint8Array<ArrayBuffer> {
  const told = zstdSize(data) ?? size;
  if (told !== size) throw new RangeError(`zstd data of ${told} bytes, not ${size}`);
  const into = new Uint8Array(size);
  unzstd(data, into);
  return into;
}
