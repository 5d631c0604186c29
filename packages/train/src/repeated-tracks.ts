import { checkSeed, permutation } from '@diffusion/random';
import { selectTracks, type Tracks } from '@diffusion/tracks';
import { TrainError } from './errors.ts';
import type { TrackSource } from './source.ts';

/** Tracks in memory, in another order in every epoch, keyed by (seed, epoch). Throws {@link TrainError} for a seed that is no safe integer. */
export function repeatedTracks(tracks: Tracks, seed: number): TrackSource {
  checkSeed(seed, TrainError);
  return {
    tracks,
    perEpoch: tracks.count,
    take: (epoch, from, to) => {
      const place = permutation(tracks.count, seed, 'order', epoch);
      return selectTracks(
        tracks,
        Uint32Array.from({ length: to - from }, (_, i) => place(from + i)),
      );
    },
  };
}
