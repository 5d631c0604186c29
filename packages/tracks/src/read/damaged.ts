import { ReadError } from '../errors.ts';
import { oneLine, shorten } from '../quote-value.ts';

/**
 * What a library threw while it read a file, as a {@link ReadError}: with its words where they are about the file, and
 * without them where the engine speaks of the library's own code.
 *
 * @param what is damaged, as `the Parquet data`
 */
export function damaged(error: unknown, what: string, source: string, column?: string): ReadError {
  if (error instanceof ReadError) return error;
  const words = error instanceof Error && error.constructor !== TypeError ? error.message : '';
  const own = words === '' || error instanceof RangeError || error instanceof ReferenceError;
  const said = own ? '' : ` (${shorten(oneLine(words), 120)})`;
  return new ReadError(`${what} end early or are damaged${said}`, { source, column });
}
