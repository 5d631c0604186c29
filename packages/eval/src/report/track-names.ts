import { columnValue, type Tracks } from '@diffusion/tracks';

/** The file of each track where they come from several. */
export function fileNames(tracks: Tracks): (string | undefined)[] {
  const { file } = tracks.trackColumns;
  const names = Array.from({ length: tracks.count }, (_, i) =>
    file ? String(columnValue(file, i)) : undefined,
  );
  return new Set(names).size > 1 ? names : names.map(() => undefined);
}

/** What each track is called in the report: its id in the file, or its place there, from 0, where it has none. */
export function trackNames(tracks: Tracks): string[] {
  const id = tracks.trackColumns.track;
  return Array.from({ length: tracks.count }, (_, i) => (id ? String(columnValue(id, i)) : `${i}`));
}
