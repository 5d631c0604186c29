const LITTLE = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Turns numbers of so many bytes from the order of a file, the least byte first, into that of the machine, or back. */
export function swapUnlessLittle(bytes: Uint8Array, width: number): void {
  if (LITTLE) return;
  for (let at = 0; at < bytes.length; at += width) bytes.subarray(at, at + width).reverse();
}
