import { type Column, isTextColumn, takeRows } from '../column.ts';
import { framesOf } from '../frames-of.ts';
import { SCALES_KEY, type Scales } from '../read/stated-scales.ts';
import { TRACK_PREFIX } from '../read/track-prefix.ts';
import type { Tracks } from '../tracks.ts';
import { chosenColumns, distinctIds } from './chosen-columns.ts';

/**
 * Tracks as the columns of a table with a row per point, named as those of a table of text: track, frame, x, y, z, then
 * the further ones that are chosen, a trackColumn with its value in every row of the track.
 */
export function tableColumnsOf(
  tracks: Tracks,
  columns: boolean | readonly string[],
): Map<string, Column> {
  const { positions, offsets, dim, pointCount } = tracks;
  const { points, perTrack } = chosenColumns(tracks, columns);
  const trackOf = new Uint32Array(pointCount);
  for (let i = 0; i < tracks.count; i++) trackOf.fill(i, offsets[i], offsets[i + 1]);
  const ids = distinctIds(tracks);
  const table = new Map<string, Column>();
  table.set('track', ids ? takeRows(ids, trackOf) : Int32Array.from(trackOf));
  table.set('frame', framesOf(tracks));
  for (let axis = 0; axis < dim; axis++) {
    const values = new Float64Array(pointCount);
    for (let p = 0; p < pointCount; p++) values[p] = positions[p * dim + axis];
    table.set(['x', 'y', 'z'][axis], values);
  }
  for (const [name, column] of points) table.set(name, column);
  for (const [name, column] of perTrack) table.set(TRACK_PREFIX + name, takeRows(column, trackOf));
  return table;
}

/** The scales of tracks as the readers look for them: a key and a document. */
export function scalesOf({ dt, timeUnit, positionUnit }: Tracks): { key: string; value: string } {
  const scales: Scales = { dt, timeUnit, positionUnit };
  return { key: SCALES_KEY, value: JSON.stringify(scales) };
}

/** Values of a column, plain. */
export const plainValues = (column: Column): ArrayLike<number> | string[] =>
  isTextColumn(column) ? Array.from(column.codes, (code) => column.dictionary[code]) : column;
