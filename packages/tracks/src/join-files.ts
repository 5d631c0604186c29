import { isTextColumn, textColumn } from './column.ts';
import { columnDifference, difference } from './difference.ts';
import { ReadError } from './errors.ts';
import { joinTracks } from './join-tracks.ts';
import { ERROR_COLUMNS } from './read/read-options.ts';
import { Tracks } from './tracks.ts';

/** Intervals of two files that differ by less than this share are one interval: time stamps jitter. */
const CLOCK_TOLERANCE = 1e-3;

/** The tracks of a file, and its name. */
export interface TracksOfFile {
  readonly file: string;
  readonly tracks: Tracks;
}

/**
 * The tracks of several files as one set: the trackColumn `file` says where each is from. Of one file they are as they are.
 *
 * Throws {@link ReadError} that names the file that differs from the first in dimensions, interval (by more than a
 * thousandth, as clocks do: else the first file's counts) or units.
 *
 * @param errors whether the localisation errors of points are kept, which all files must have then to keep any.
 *
 * @example
 * const tracks = joinFiles([{ file: 'a.csv', tracks: a }, { file: 'b.csv', tracks: b }]);
 */
export function joinFiles(sets: readonly TracksOfFile[], errors = false): Tracks {
  if (sets.length === 1) return sets[0].tracks;
  if (errors && sets.some(({ tracks }) => !hasErrors(tracks))) {
    return joinFiles(sets.map(({ file, tracks }) => ({ file, tracks: withoutErrors(tracks) })));
  }
  const ids = sets.map(({ tracks }) => tracks.trackColumns.track);
  const mixed = ids.some((column) => column && isTextColumn(column));
  const { dt } = sets[0].tracks;
  const named = sets.map(({ file, tracks }, i) => {
    const id = ids[i];
    const track = mixed && id && !isTextColumn(id) ? textColumn(Array.from(id, String)) : id;
    const from = { codes: new Uint32Array(tracks.count), dictionary: [file] };
    return new Tracks({
      ...tracks.data,
      // One camera setting, measured by the clock of each file.
      dt: Math.abs(tracks.dt - dt) <= CLOCK_TOLERANCE * dt ? dt : tracks.dt,
      trackColumns: { file: from, ...tracks.trackColumns, ...(track && { track }) },
    });
  });
  const statements = named.map(statementsOf);
  const unlike = new Set<keyof Statements>();
  for (const other of statements) {
    for (const option of OPTIONS) if (other[option] !== statements[0][option]) unlike.add(option);
  }
  sets.forEach(({ file }, i) => {
    const differs = OPTIONS.filter((option) => statements[i][option] !== statements[0][option]);
    if (differs.length > 0) {
      const what = (set: Statements) => differs.map((option) => set[option]).join(' and ');
      const asked = [...unlike].map((option) => `give ${option}`).join(' and ');
      throw new ReadError(
        `${what(statements[i])}: expected ${what(statements[0])}, as in ${sets[0].file}; ${asked} for all of them`,
        { source: file, option: differs[0] },
      );
    }
    const other = difference(named[0], named[i]) ?? columnDifference(named[0], named[i]);
    if (other !== undefined)
      throw new ReadError(`${other} as in ${sets[0].file}`, { source: file });
  });
  return joinTracks(named);
}

/** Whether there is a column of the localisation error for every axis. */
function hasErrors({ pointColumns, dim }: Tracks): boolean {
  return ERROR_COLUMNS.slice(0, dim).every((name) => Object.hasOwn(pointColumns, name));
}

function withoutErrors(tracks: Tracks): Tracks {
  const pointColumns = { ...tracks.pointColumns };
  for (const name of ERROR_COLUMNS) delete pointColumns[name];
  return new Tracks({ ...tracks.data, pointColumns });
}

/** What a file states of its scales, in words. */
interface Statements {
  dt: string;
  positionUnit: string;
}

const OPTIONS = ['dt', 'positionUnit'] as const;

function statementsOf({ dt, timeUnit, positionUnit }: Tracks): Statements {
  const unit =
    timeUnit === ''
      ? ' of a unit that is not stated'
      : timeUnit === 'frame'
        ? ' frames'
        : ` ${timeUnit}`;
  return {
    dt:
      timeUnit === 'frame' && dt === 1
        ? 'no interval stated'
        : `an interval of ${Number(dt.toPrecision(6))}${unit}`,
    positionUnit:
      positionUnit === '' ? 'no unit of positions stated' : `positions in ${positionUnit}`,
  };
}
