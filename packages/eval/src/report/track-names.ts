import { columnValue, type Tracks } from '@diffusion/tracks';

/** What each track is called in the report: its id in the file, or its place there, from 0, where it has none. */
export function trackNames(tracks: Tracks): string[] {
  const id = tracks.trackColumns.track;
  return Array.from({ length: tracks.count }, (_, i) => (id ? String(columnValue(id, i)) : `${i}`));
}
