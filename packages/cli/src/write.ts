import { encodeTracks, formatOf, type Tracks } from '@diffusion/tracks';
import { writeAtomically, writeTracks } from '@diffusion/tracks/node';
import { interruption } from './interruption.ts';
import { progressBar } from './progress.ts';

/** Writes tracks in the format that the name says, and tells how much is written; a graph is a folder. */
export const write = (path: string, tracks: Tracks): Promise<void> => {
  const { signal } = interruption;
  return formatOf(path).folder
    ? writeTracks(path, tracks, { signal })
    : writeAtomically(path, trackChunks(path, tracks), { signal });
};

/** Tracks in the format that a file's name says, a piece at a time; tells how much of it has been taken. */
export async function* trackChunks(name: string, tracks: Tracks): AsyncGenerator<Uint8Array> {
  const bar = progressBar('writing  {megabytes} MB', 1, { fields: { megabytes: '0' } });
  let bytes = 0;
  try {
    for await (const chunk of encodeTracks(tracks, name)) {
      bytes += chunk.length;
      bar.update(0, { megabytes: (bytes / 1e6).toFixed(0) });
      yield chunk;
    }
  } finally {
    bar.stop();
  }
}
