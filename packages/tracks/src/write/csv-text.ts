import { type Column, columnValue, isTextColumn } from '../column.ts';
import { csvCell } from '../csv/csv-row.ts';
import { TracksError } from '../errors.ts';
import { TRACK_PREFIX } from '../read/track-prefix.ts';
import type { Tracks } from '../tracks.ts';
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
  const track = ids(tracks);
  const points = chosen(tracks.pointColumns, columns);
  const perTrack = chosen(tracks.trackColumns, columns).filter(([name]) => name !== 'track');
  const header = [
    'track',
    inBrackets('frame', units ? interval(tracks) : ''),
    ...['x', 'y', 'z']
      .slice(0, dim)
      .map((axis) => inBrackets(axis, units ? tracks.positionUnit : '')),
    ...points.map(([name]) => name),
    ...perTrack.map(([name]) => TRACK_PREFIX + name),
  ];
  checkNames(
    tracks,
    [...points, ...perTrack].map(([name]) => name),
    columns,
  );
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

function ids(tracks: Tracks): (i: number) => string {
  const column = tracks.trackColumns.track;
  if (!column) return String;
  const all = new Set<string>();
  for (let i = 0; i < tracks.count; i++) all.add(String(columnValue(column, i)).trim());
  return all.size === tracks.count && !all.has('') ? columnTexts(column) : String;
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

function chosen(
  columns: Readonly<Record<string, Column>>,
  names: boolean | readonly string[],
): [string, Column][] {
  if (names === false) return [];
  const entries = Object.entries(columns);
  return names === true ? entries : entries.filter(([name]) => names.includes(name));
}

function checkNames(tracks: Tracks, names: string[], wanted: boolean | readonly string[]): void {
  for (const name of typeof wanted === 'object' ? wanted : []) {
    const there = Object.keys({ ...tracks.pointColumns, ...tracks.trackColumns });
    if (there.includes(name)) continue;
    throw new TracksError(`there is no column ${name}: expected one of ${there.join(', ')}`);
  }
  const taken = new Set(['track', 'frame', 'x', 'y', 'z']);
  for (const name of names) {
    if (taken.has(name)) throw new TracksError(`two columns are called ${name}: expected one`);
    taken.add(name);
  }
}

function columnTexts(column: Column): (row: number) => string {
  if (isTextColumn(column)) {
    const words = column.dictionary.map(csvCell);
    return (row) => words[column.codes[row]];
  }
  return (row) => (Number.isNaN(column[row]) ? 'NaN' : numberText(column[row]));
}
