/** How many times over bytes may be read: a writer may let two parts share some. */
const TIMES = 2;

/**
 * Counts what is read of so many bytes, so that parts of a damaged file that all point at the same bytes do not make it a
 * file without an end.
 *
 * @returns told how many bytes are read next; throws {@link RangeError} where that is more than these
 */
export function readBudget(bytes: number): (more: number) => void {
  let left = TIMES * bytes;
  return (more) => {
    left -= more;
    if (left < 0) throw new RangeError('parts that share their bytes');
  };
}
