import { encodeTracks, type Tracks } from '@diffusion/tracks';
import { writeAtomically } from '@diffusion/tracks/node';
import { interruption } from './interruption.ts';
import { progressBar } from './progress.ts';

/** Writes tracks in the format that the name says, and tells how much is written. */
export async function write(path: string, tracks: Tracks): Promise<void> {
  const bar = progressBar('writing  {megabytes} MB', 1, { fields: { megabytes: '0' } });
  try {
    await writeAtomically(path, watched(encodeTracks(tracks, path), bar), {
      signal: interruption.signal,
    });
  } finally {
    bar.stop();
  }
}

async function* watched(
  chunks: AsyncIterable<Uint8Array>,
  bar: ReturnType<typeof progressBar>,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    bar.update(0, { megabytes: (bytes / 1e6).toFixed(0) });
    yield chunk;
  }
}
