import { ReadError } from '../errors.ts';
import { allowedBytes, checkDeclared } from './declared-size.ts';
import { MOST_FILES, type StoredFile } from './zarr-files.ts';

/**
 * The files of a zip archive by their paths, unpacked.
 *
 * @throws {@link ReadError} where the archive is damaged or unpacks to more than it may
 */
export async function zipEntries(
  bytes: Uint8Array,
  source: string,
  most: number | undefined,
): Promise<Map<string, StoredFile>> {
  const { unzipSync } = await import('fflate');
  const allowed = allowedBytes(bytes.length, most);
  let total = 0;
  let count = 0;
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes, {
      filter: ({ originalSize }) => {
        total += originalSize;
        checkDeclared(total, allowed, 'the zip archive', source);
        if (++count > MOST_FILES) {
          throw new ReadError(`there are more than ${MOST_FILES} files: expected less`, { source });
        }
        return true;
      },
    });
  } catch (error) {
    if (error instanceof ReadError) throw error;
    throw new ReadError('the zip archive ends early or is damaged', { source });
  }
  return new Map(
    Object.entries(files)
      .filter(([path]) => !path.endsWith('/'))
      .map(([path, data]) => [path, { size: data.length, read: async () => data }]),
  );
}
