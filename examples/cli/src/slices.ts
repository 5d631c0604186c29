import { selectTracks, type Tracks } from '@diffusion/tracks';
import { turn } from './turn.ts';

/** Tracks that are worked on between two looks at the progress and at Ctrl-C. */
const size = 512;

/** A set in pieces, in order, with the index of each piece's first track; an empty set is one empty piece. */
export async function* slices(tracks: Tracks): AsyncGenerator<{ from: number; part: Tracks }> {
  if (tracks.count <= size) {
    yield { from: 0, part: tracks };
    return;
  }
  for (let from = 0; from < tracks.count; from += size) {
    const count = Math.min(size, tracks.count - from);
    yield {
      from,
      part: selectTracks(
        tracks,
        Uint32Array.from({ length: count }, (_, i) => from + i),
      ),
    };
    await turn();
  }
}
