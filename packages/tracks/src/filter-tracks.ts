import { checkTracks } from './check-tracks.ts';
import { TracksError } from './errors.ts';
import { shown } from './names/check-options.ts';
import { selectTracks } from './select-tracks.ts';
import type { Track, Tracks } from './tracks.ts';

/**
 * The tracks for which `predicate` is true, in their order, with every column. When all are, the set itself.
 *
 * @throws {@link TracksError} when `predicate` is no function, or `tracks` are none
 *
 * @example
 * filterTracks(tracks, (track) => track.length >= 10)
 */
export function filterTracks(tracks: Tracks, predicate: (track: Track) => boolean): Tracks {
  checkTracks(tracks);
  if (typeof predicate !== 'function') {
    throw new TracksError(
      `predicate is ${shown(predicate)}: expected a function of a track, as (track) => track.length >= 10`,
    );
  }
  const kept: number[] = [];
  for (const track of tracks) if (predicate(track)) kept.push(track.index);
  return kept.length === tracks.count ? tracks : selectTracks(tracks, kept);
}
