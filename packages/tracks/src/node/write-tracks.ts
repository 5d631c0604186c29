import { checkOptions } from '../names/check-options.ts';
import type { Tracks } from '../tracks.ts';
import { encodeTracks, formatOf, type WriteOptions } from '../write/encode-tracks.ts';
import { writeAtomically } from './write-atomically.ts';

/**
 * Writes tracks to a file, in the format that the ending of its name says ({@link encodeTracks}), whole or not at all
 * ({@link writeAtomically}). `.geff` makes a folder, a GEFF graph, which must not be there yet.
 *
 * @param options `columns`: further columns of a table; `signal`: an abort leaves no file behind
 * @throws {@link TracksError} for what the format cannot hold, or a file that cannot be written
 *
 * @example
 * await writeTracks('tracks.csv', tracks, { columns: ['label'] });
 */
export async function writeTracks(
  path: string,
  tracks: Tracks,
  options: WriteOptions & { signal?: AbortSignal } = {},
): Promise<void> {
  checkOptions('writeTracks', options, { columns: true, units: true, signal: true });
  const { signal, ...writing } = options;
  if (formatOf(path).folder) {
    const { writeStore } = await import('./write-store.ts');
    await writeStore(path, tracks, writing, signal);
    return;
  }
  await writeAtomically(path, encodeTracks(tracks, path, writing), { signal });
}
