import { columnValue, ReadError, Tracks, textColumn } from '@diffusion/tracks';
import type { Reference } from './parse-reference.ts';

/**
 * The tracks with what a reference says of each: its label where the reference has labels, else its exponent, as the track
 * column `label` or `alpha`. Rows are found by the id of the track and, where the reference names files, by the name of
 * the file, whatever folder it lies in.
 *
 * Throws ReadError where a track has no row, and where the reference has no ids but AnDi's rows.
 *
 * @example
 * labelTracks(tracks, parseReference('track,label\n0,ND\n1,CD\n')).trackColumns.label
 */
export function labelTracks(tracks: Tracks, reference: Reference): Tracks {
  const { source, tracks: ids, files, labels, alpha } = reference;
  if (!labels && !alpha) {
    throw new ReadError('there is no column label and none named alpha: expected either', {
      source,
    });
  }
  const key = (file: string, id: string) => (files ? `${baseName(file)}\n${id}` : id);
  const rows = new Map(ids.map((id, row) => [key(files?.[row] ?? '', id), row]));
  const { file, track } = tracks.trackColumns;
  const rowOf = Uint32Array.from({ length: tracks.count }, (_, i) => {
    const id = String(track ? columnValue(track, i) : i);
    const row = rows.get(key(file ? String(columnValue(file, i)) : '', id));
    if (row === undefined) throw new ReadError(`there is no row for track ${id}`, { source });
    return row;
  });
  const column: Tracks['trackColumns'] = labels
    ? { label: textColumn(Array.from(rowOf, (row) => labels[row])) }
    : { alpha: Float64Array.from(rowOf, (row) => alpha![row]) };
  return new Tracks({ ...tracks.data, trackColumns: { ...tracks.trackColumns, ...column } });
}

const baseName = (path: string): string => path.slice(path.search(/[^/\\]*$/));
