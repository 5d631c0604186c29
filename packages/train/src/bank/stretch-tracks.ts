import { keyedRandom, randomInteger } from '@diffusion/random';
import { selectTracks, Tracks } from '@diffusion/tracks';
import { checkWhole } from '../check-whole.ts';
import { TrainError } from '../errors.ts';
import { repeatedTracks } from '../repeated-tracks.ts';
import type { TrackSource } from '../source.ts';

/**
 * The tracks of at least `length` points, each cut to a random stretch of so many, another one in every epoch, in another
 * order. Track columns are kept, point columns are not.
 *
 * Throws {@link TrainError} where no track is long enough.
 *
 * @example
 * stretchTracks(tracks, 50, 1).take(0, 0, 32) // 32 stretches of 50 points
 */
export function stretchTracks(tracks: Tracks, length: number, seed: number): TrackSource {
  return stretchesOf(repeatedTracks(longEnough(tracks, length), seed), length, seed);
}

/** Random stretches of the tracks of a source, all of which are long enough. */
function stretchesOf(source: TrackSource, length: number, seed: number): TrackSource {
  const { perEpoch } = source;
  return {
    perEpoch,
    lengths: { min: length, max: length },
    behind: { source, of: (other) => stretchesOf(other, length, seed) },
    take: (epoch, from, to) =>
      stretches(source.take(epoch, from, to), length, (i, points) =>
        randomInteger(
          keyedRandom(seed, 'batches', epoch * perEpoch + from + i),
          0,
          points - length,
        ),
      ),
  };
}

/** The tracks of at least `length` points, each cut to its first so many. */
export const firstStretches = (tracks: Tracks, length: number): Tracks =>
  stretches(longEnough(tracks, length), length, () => 0);

function longEnough(tracks: Tracks, length: number): Tracks {
  checkWhole('length', length, 2);
  const rows = Array.from({ length: tracks.count }, (_, i) => i).filter(
    (i) => tracks.lengthOf(i) >= length,
  );
  if (rows.length === 0) {
    throw new TrainError(`none of ${tracks.count} tracks has ${length} points or more`);
  }
  return selectTracks(tracks, rows);
}

/** A stretch of every track from the point that `startOf` says. */
function stretches(
  tracks: Tracks,
  length: number,
  startOf: (track: number, points: number) => number,
): Tracks {
  const { count, dim } = tracks;
  const positions = new Float64Array(count * length * dim);
  const frames = new Int32Array(count * length);
  for (const { index, positions: all, frames: seen, length: points } of tracks) {
    const from = startOf(index, points);
    positions.set(all.subarray(from * dim, (from + length) * dim), index * length * dim);
    for (let t = 0; t < length; t++) frames[index * length + t] = seen?.[from + t] ?? from + t;
  }
  return new Tracks({
    ...tracks.data,
    positions,
    frames,
    offsets: Uint32Array.from({ length: count + 1 }, (_, i) => i * length),
    pointColumns: {},
  });
}
