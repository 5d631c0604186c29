import { type Column, isTextColumn } from '../column.ts';
import { csvCell } from '../csv/csv-row.ts';
import { TracksError } from '../errors.ts';
import { TRACK_PREFIX } from '../read/track-prefix.ts';
import type { Tracks } from '../tracks.ts';
import { chosenColumns, distinctIds } from './chosen-columns.ts';
import { numberText } from './text-blocks.ts';

/**
 * Tracks as a table `track,frame,x,y,z`, a row per point. With `units`, they stand in the header, where there are any:
 * `x [µm]`, and the interval between frames with the frame: `frame [0.03 s]`. A trackColumn is a column `track:label`, with its value
 * in every row of the track. The first column is the trackColumn `track` where its ids are all different, and the place
 * in the set otherwise.
 *
 * @param options.columns further columns: all of them, none, or by name
 * @param options.units units and interval in the header
 */
export function* csvText(
  tracks: Tracks,
  {
    columns = false,
    units = false,
  }: { columns?: boolean | readonly string[]; units?: boolean } = {},
): Generator<string> {
  const { positions, offsets, dim, frames } = tracks;
  const ids = distinctIds(tracks);
  const track = ids ? columnTexts(ids) : String;
  const { points, perTrack } = chosenColumns(tracks, columns);
  const header = [
    'track',
    inBrackets('frame', units ? interval(tracks) : ''),
    ...['x', 'y', 'z']
      .slice(0, dim)
      .map((axis) => inBrackets(axis, units ? tracks.positionUnit : '')),
    ...points.map(([name]) => name),
    ...perTrack.map(([name]) => TRACK_PREFIX + name),
  ];
  yield `${header.map(csvCell).join(',')}\n`;
  const pointTexts = points.map(([, column]) => columnTexts(column));
  const trackTexts = perTrack.map(([, column]) => columnTexts(column));
  for (let i = 0; i < tracks.count; i++) {
    const id = track(i);
    let tail = '';
    for (const text of trackTexts) tail += `,${text(i)}`;
    for (let p = offsets[i]; p < offsets[i + 1]; p++) {
      let row = `${id},${frames ? frames[p] : p - offsets[i]}`;
      for (let axis = 0; axis < dim; axis++) row += `,${numberText(positions[p * dim + axis])}`;
      for (const text of pointTexts) row += `,${text(p)}`;
      yield `${row}${tail}\n`;
    }
  }
}

function interval({ dt, timeUnit }: Tracks): string {
  return dt === 1 && timeUnit === 'frame' ? '' : `${dt} ${timeUnit}`.trim();
}

function inBrackets(name: string, unit: string): string {
  if (/[\])]/.test(unit)) {
    throw new TracksError(`the unit is '${unit}': expected one without brackets`);
  }
  return unit === '' ? name : `${name} [${unit}]`;
}

function columnTexts(column: Column): (row: number) => string {
  if (isTextColumn(column)) {
    const words = column.dictionary.map(csvCell);
    return (row) => words[column.codes[row]];
  }
  return (row) => (Number.isNaN(column[row]) ? 'NaN' : numberText(column[row]));
}
