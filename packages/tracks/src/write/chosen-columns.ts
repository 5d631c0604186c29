import { type Column, columnValue } from '../column.ts';
import { TracksError } from '../errors.ts';
import type { Tracks } from '../tracks.ts';

/** The ids of tracks where they are all different, and there; a table numbers the tracks otherwise. */
export function distinctIds({ trackColumns, count }: Tracks): Column | undefined {
  const column = trackColumns.track;
  if (!column) return undefined;
  const all = new Set<string>();
  for (let i = 0; i < count; i++) all.add(String(columnValue(column, i)).trim());
  return all.size === count && !all.has('') ? column : undefined;
}

/**
 * Further columns that a table is written with: all of them, none, or by name.
 *
 * @throws {@link TracksError} for a name that is not there, and for two columns of one name
 */
export function chosenColumns(
  tracks: Tracks,
  columns: boolean | readonly string[],
): { points: [string, Column][]; perTrack: [string, Column][] } {
  const points = chosen(tracks.pointColumns, columns);
  const perTrack = chosen(tracks.trackColumns, columns).filter(([name]) => name !== 'track');
  checkNames(
    tracks,
    [...points, ...perTrack].map(([name]) => name),
    columns,
  );
  return { points, perTrack };
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
