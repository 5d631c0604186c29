import { checkTracks } from './check-tracks.ts';
import { TracksError } from './errors.ts';
import { shown } from './names/check-options.ts';
import { takeRuns } from './take-runs.ts';
import type { Tracks } from './tracks.ts';

/**
 * Cuts every track where more than `missing` frames in a row are missing. Each piece becomes a track with its frames,
 * and with a copy of its track's row of every trackColumn (so pieces of one track share its id).
 *
 * @param missing how many missing frames are still no reason to cut: an integer from 0
 * @throws {@link TracksError} when `missing` is anything else, or `tracks` are none
 *
 * @example
 * splitGaps(tracks, 0) // no gaps are left
 */
export function splitGaps(tracks: Tracks, missing: number): Tracks {
  checkTracks(tracks);
  if (!(Number.isInteger(missing) && missing >= 0)) {
    throw new TracksError(`missing is ${shown(missing)}: expected an integer from 0`);
  }
  const { frames, offsets } = tracks;
  if (!frames) return tracks;
  const runs = { from: [] as number[], to: [] as number[], track: [] as number[] };
  const add = (track: number, from: number, to: number) => {
    runs.from.push(from);
    runs.to.push(to);
    runs.track.push(track);
  };
  for (let i = 0; i < tracks.count; i++) {
    let begin = offsets[i];
    if (begin === offsets[i + 1]) add(i, begin, begin);
    for (let p = begin + 1; p <= offsets[i + 1]; p++) {
      if (p < offsets[i + 1] && frames[p] - frames[p - 1] - 1 <= missing) continue;
      add(i, begin, p);
      begin = p;
    }
  }
  return runs.from.length === tracks.count ? tracks : takeRuns(tracks, runs, frames);
}
