import { ReadError } from '../errors.ts';

/** What packed data may always unpack to, in bytes; and how many times their own size, where that is more. */
const ALWAYS = 1 << 24;
export const PER_BYTE = 64;
const EVER = 2 ** 32;

/** How much may be made of a file of so many bytes: 64 times that, at least 16 MiB, at most 4 GiB; or what the caller says. */
export const allowedBytes = (bytes: number, most: number | undefined): number =>
  most ?? Math.min(EVER, Math.max(ALWAYS, PER_BYTE * bytes));

/**
 * Refuses an array that a file says to hold, before it is made, where it is larger than what the file can be meant to
 * unpack to.
 *
 * @param bytes what the array would take
 * @throws {@link ReadError} where that is more than `allowed`
 */
export function checkDeclared(
  bytes: number,
  allowed: number,
  what: string,
  source: string,
  column?: string,
): void {
  if (bytes <= allowed) return;
  throw new ReadError(
    `${what} unpacks to ${bytes} bytes: expected at most ${allowed}; where it is right, give maxUnpacked`,
    { source, column, option: 'maxUnpacked' },
  );
}
