import { ReadError } from '../errors.ts';
import { quoteAll, shorten } from '../quote-value.ts';
import { NotTracksError } from './not-tracks-error.ts';
import type { ColumnRole } from './read-options.ts';
import { normalUnit } from './units.ts';

/** Which column of a table is for what, and what its header says besides. */
export interface TableColumns {
  roles: Partial<Record<ColumnRole, number>>;
  positionUnit: string;
  timeUnit: string;
  /** From a header such as `frame [0.03 s]`. */
  dt: number | undefined;
  /** Imaris: the column that says in every row what the unit of the positions is. */
  unitColumn: number | undefined;
  /** Whether a row without a track id is a spot in no track, as TrackMate and Imaris write it. */
  outsideIsEmpty: boolean;
}

const ROLES: Record<ColumnRole, readonly string[]> = {
  track: [
    'track',
    'track_id',
    'trackid',
    'track id',
    'track.id',
    'particle',
    'particle_id',
    'trajectory',
    'trajectory_id',
    'trajectory id',
    'traj_idx',
    'traj_id',
    'traj',
  ],
  frame: ['frame', 'frames', 'frame_idx', 'frame_number'],
  x: ['x', 'position_x', 'position x'],
  y: ['y', 'position_y', 'position y'],
  z: ['z', 'position_z', 'position z'],
  t: ['position_t', 't', 'time'],
};

/** Whether a column of this name is taken for a role where nobody says which is. */
export const isNameOf = (role: ColumnRole, name: string): boolean =>
  ROLES[role].includes(parseHeader(name).name.toLowerCase());

/** A longer header cell has no unit: the patterns below take a time that grows with its square. */
const LONGEST_NAME = 200;

/** A header cell in its parts: `POSITION_X (µm)` and `x_um` have the unit µm, `frame [0.03 s]` the interval 0.03 s. */
export function parseHeader(cell: string): { name: string; unit: string } {
  if (cell.length > LONGEST_NAME) return { name: cell.trim(), unit: '' };
  const bracketed = /^(.*?)\s*[[(]([^\])]*)[\])]$/.exec(cell.trim());
  if (bracketed) return { name: bracketed[1], unit: bracketed[2] };
  const suffixed = /^([xyzt]|time)_(um|µm|μm|nm|mm|px|pix|pixels?|s|sec|ms|min|frames?)$/i.exec(
    cell.trim(),
  );
  return suffixed ? { name: suffixed[1], unit: suffixed[2] } : { name: cell.trim(), unit: '' };
}

/**
 * The columns of a table by their names: those of TrackMate, trackpy, saspt, trajr, MOSAIC, ThunderSTORM, swift, Imaris,
 * AnDi and plain `track,frame,x,y,z`, upper case or lower, with or without a unit; and the caller's names before these.
 *
 * @throws {@link ReadError} when a column that was named is not there, or there is none for x
 */
export function tableColumns(
  header: readonly string[],
  chosen: Partial<Record<ColumnRole, string>>,
  source: string,
  line: number | undefined,
): TableColumns {
  const cells = header.map(parseHeader);
  const there = `there are ${quoteAll(header)}`;
  const lower = cells.map(({ name }) => name.toLowerCase());
  const roles: TableColumns['roles'] = {};
  for (const role of Object.keys(ROLES) as ColumnRole[]) {
    const name = chosen[role];
    if (name === '') continue;
    if (name === undefined) {
      const known = ROLES[role].find((alias) => lower.includes(alias));
      if (known === undefined) continue;
      roles[role] = lower.indexOf(known);
      if (lower.lastIndexOf(known) !== roles[role]) {
        throw new ReadError(`two columns are called ${known}: expected one`, {
          source,
          line,
          column: header[roles[role]!],
        });
      }
    } else {
      const index = findColumn(header, name);
      if (index < 0) {
        throw new ReadError(`there is no such column for ${role}: ${there}`, {
          source,
          line,
          column: name,
        });
      }
      roles[role] = index;
    }
  }
  // Imaris counts its time points from 1 in a column Time, whose unit and that of the positions stand in the rows.
  const imaris = lower.includes('position x') && lower.includes('category');
  if (imaris && chosen.t === undefined && roles.frame === undefined && roles.t !== undefined) {
    roles.frame = roles.t;
    roles.t = undefined;
  }
  const used = new Map<number, ColumnRole>();
  for (const [role, index] of Object.entries(roles) as [ColumnRole, number | undefined][]) {
    if (index === undefined) continue;
    const other = used.get(index);
    if (other !== undefined) {
      throw new ReadError(`is named for ${other} and for ${role}: expected a column for each`, {
        source,
        line,
        column: header[index],
      });
    }
    used.set(index, role);
  }
  if (roles.x === undefined && roles.y === undefined && roles.track === undefined) {
    // Digitised paths: the only columns that end in _x and _y, whatever comes before.
    const ends = (axis: string) => lower.flatMap((name, i) => (name.endsWith(`_${axis}`) ? i : []));
    const [x, y] = [ends('x'), ends('y')];
    if (x.length === 1 && y.length === 1) {
      roles.x = x[0];
      roles.y = y[0];
    }
  }
  if (roles.x === undefined || (roles.y === undefined && roles.z !== undefined)) {
    const missing = roles.x === undefined ? 'x' : 'y';
    const expected = `expected ${missing} or POSITION_${missing.toUpperCase()}, or its name in columns`;
    const message = `no column for ${missing}: ${expected}; ${there}`;
    throw Object.keys(chosen).length === 0
      ? new NotTracksError(message, { source, line, option: 'columns' })
      : new ReadError(message, { source, line, option: 'columns' });
  }
  const unitOf = (role: ColumnRole) =>
    roles[role] === undefined ? '' : normalUnit(cells[roles[role]].unit);
  const inPixels =
    lower.includes('trajectory') && (lower.includes('loc_idx') || lower.includes('m0'));
  const axes = (['x', 'y', 'z'] as const).filter((axis) => roles[axis] !== undefined);
  for (const axis of axes) {
    if (unitOf(axis) !== unitOf('x')) {
      throw new ReadError(
        `the unit is '${unitOf(axis)}': expected '${unitOf('x')}' as in ${shorten(header[roles.x])}`,
        { source, line, column: header[roles[axis]!] },
      );
    }
  }
  const interval = /^(\d[\d.]*(?:e[-+]?\d+)?)\s*(.*)$/i.exec(
    roles.frame === undefined ? '' : cells[roles.frame].unit,
  );
  const stated = interval ? Number(interval[1]) : undefined;
  return {
    roles,
    // saspt's localisations are in pixels by definition, its pixel size is an argument of every analysis; MOSAIC's are too.
    positionUnit: unitOf('x') || (inPixels ? 'pixel' : ''),
    timeUnit: stated !== undefined ? normalUnit(interval![2]) : unitOf('t'),
    dt: stated !== undefined && stated > 0 && Number.isFinite(stated) ? stated : undefined,
    unitColumn: imaris && lower.includes('unit') ? lower.indexOf('unit') : undefined,
    outsideIsEmpty: /^track_id$/i.test(header[roles.track ?? -1] ?? '') || imaris,
  };
}

/** Where a column is, by its exact name, or else by its name in other letters or without its unit; −1 if nowhere. */
export function findColumn(header: readonly string[], name: string): number {
  const exact = header.indexOf(name);
  if (exact >= 0) return exact;
  const same = (a: string) => a.trim().toLowerCase() === name.trim().toLowerCase();
  const loose = header.findIndex(same);
  return loose >= 0 ? loose : header.findIndex((cell) => same(parseHeader(cell).name));
}
