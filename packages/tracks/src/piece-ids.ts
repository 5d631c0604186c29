import { columnValue, textColumn } from './column.ts';
import { Tracks } from './tracks.ts';

/**
 * The tracks with an id of its own for each row: the pieces of a track that was cut, at gaps or at branches, are
 * numbered `7.1`, `7.2`, … in place of the one id that they share. Ids that are all different stay as they are.
 *
 * @example
 * const tracks = withPieceIds(splitGaps(read, 2));
 */
export function withPieceIds(tracks: Tracks): Tracks {
  const { file, track } = tracks.trackColumns;
  if (!track) return tracks;
  const keys = Array.from(
    { length: tracks.count },
    (_, i) => `${file ? columnValue(file, i) : ''}\n${columnValue(track, i)}`,
  );
  const pieces = new Map<string, number>();
  for (const key of keys) pieces.set(key, (pieces.get(key) ?? 0) + 1);
  if (pieces.size === tracks.count) return tracks;
  const seen = new Map<string, number>();
  const ids = keys.map((key, i) => {
    const id = String(columnValue(track, i));
    if (pieces.get(key) === 1) return id;
    const piece = (seen.get(key) ?? 0) + 1;
    seen.set(key, piece);
    return `${id}.${piece}`;
  });
  const trackColumns = { ...tracks.trackColumns, track: textColumn(ids) };
  return new Tracks({ ...tracks.data, trackColumns });
}
