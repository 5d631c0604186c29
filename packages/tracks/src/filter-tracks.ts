import { selectTracks } from './select-tracks.ts';
import type { Track, Tracks } from './tracks.ts';

/**
 * The tracks for which `predicate` is true, in their order, with every column. When all are, the set itself.
 *
 * @example
 * filterTracks(tracks, (track) => track.length >= 10)
 */
export function filterTracks(tracks: Tracks, predicate: (track: Track) => boolean): Tracks {
  const kept: number[] = [];
  for (const track of tracks) if (predicate(track)) kept.push(track.index);
  return kept.length === tracks.count ? tracks : selectTracks(tracks, kept);
}
