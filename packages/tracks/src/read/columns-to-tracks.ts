import { type Column, isTextColumn, type TextColumn, takeRows } from '../column.ts';
import { ReadError } from '../errors.ts';
import { quote } from '../quote-value.ts';
import type { Tracks } from '../tracks.ts';
import { assembleTracks } from './assemble-tracks.ts';
import { type TableColumns, tableColumns } from './csv-columns.ts';
import { Growable } from './growable.ts';
import { trackId } from './id-column.ts';
import { keptPlaces, scaledColumn } from './kept-columns.ts';
import { frameProblem } from './numbers.ts';
import type { PointOrder } from './order-points.ts';
import { type PointTable, pointTable } from './point-table.ts';
import type { FileReport, ReadOptions } from './read-options.ts';

/** A table of columns, as the binary formats hold it: numbers, of which NaN is a missing one, or texts. */
export interface ColumnTable {
  readonly names: readonly string[];
  readonly columns: readonly (Float64Array | TextColumn)[];
  /** So many of the first may be tracks, frames and places, by their names: all of them unless told. */
  readonly own?: number;
}

/** What a file says of its table beside it. */
export interface Stated {
  positionUnit?: string;
  timeUnit?: string;
  /** Interval between two frames. */
  dt?: number;
  /** Points by track and frame, with an id for each track, where links tell them. */
  links?: { order: PointOrder; ids: string[] };
}

/**
 * Tracks of a table that came as columns: by the same names, the same options and with the same checks as a table of
 * text, whose row is named where something is wrong.
 *
 * @throws {@link ReadError} as a reader of tables does
 */
export function tracksOfColumns(
  { names, columns, own }: ColumnTable,
  source: string,
  options: ReadOptions,
  stated: Stated = {},
): { tracks: Tracks; found: Partial<FileReport> } {
  const chosen = tableColumns(names.slice(0, own), options.columns ?? {}, source, undefined);
  const { roles } = chosen;
  const axes = ([roles.x, roles.y, roles.z] as const).filter((i) => i !== undefined);
  const table = pointTable(source, axes.length);
  table.counts = 'row';
  table.names = {
    track: roles.track === undefined ? undefined : names[roles.track],
    frame: names[roles.frame ?? -1] ?? 'frame',
    time: names[roles.t ?? -1] ?? 't',
  };
  Object.assign(table, {
    positionUnit: chosen.positionUnit || (stated.positionUnit ?? ''),
    timeUnit: chosen.timeUnit || (stated.timeUnit ?? ''),
    dt: chosen.dt ?? stated.dt,
  });
  const at = (index: number) => columns[index];
  const rows = rowsInTracks(table, columns, chosen, stated);
  if (rows.length === 0) {
    throw new ReadError(
      columns.length > 0 && lengthOf(columns[0]) > 0
        ? 'no spot is in a track: expected at least one point of a track'
        : 'there are no rows: expected at least one point',
      { source },
    );
  }
  const numbers = (index: number, into: { push(value: number): void }) => {
    const values = numbersOf(at(index), names[index], source);
    for (let i = 0; i < rows.length; i++) {
      const value = values[rows[i]];
      if (value - value !== 0) {
        throw new ReadError(`is ${Number.isNaN(value) ? 'missing' : value}: expected a number`, {
          source,
          row: rows[i] + 1,
          column: names[index],
        });
      }
      into.push(value);
    }
  };
  axes.forEach((index, axis) => {
    numbers(index, table.axes[axis]);
  });
  const fromTimes = roles.frame === undefined && roles.t !== undefined;
  if (
    roles.t !== undefined &&
    (fromTimes || (options.dt === undefined && table.dt === undefined))
  ) {
    table.time = new Growable(Float64Array);
    numbers(roles.t, table.time);
  }
  for (let i = 0; i < rows.length; i++) table.line.push(rows[i] + 1);
  if (fromTimes) table.frame = undefined;
  else if (roles.frame !== undefined) pushFrames(table, at(roles.frame), rows);
  else countFrames(table, rows.length);
  const perTrack = new Set<string>();
  const every = rows.length === lengthOf(columns[0]);
  for (const place of keptPlaces(names, chosen, options, source, undefined)) {
    if (place.perTrack) perTrack.add(place.name);
    const column: Column = every ? at(place.index) : takeRows(at(place.index), rows);
    table.columns.push({ name: place.name, finish: () => scaledColumn(column, place.factor) });
  }
  const { dt, duplicates } = options;
  const order = stated.links?.order;
  const assembled = assembleTracks(table, { dt, duplicates, perTrack, order });
  return {
    tracks: assembled.tracks,
    found: {
      duplicates: order ? 0 : assembled.duplicates,
      ...(!order && { spotsOutsideTracks: lengthOf(columns[0]) - rows.length }),
    },
  };
}

const lengthOf = (column: Float64Array | TextColumn): number =>
  isTextColumn(column) ? column.codes.length : column.length;

function numbersOf(column: Float64Array | TextColumn, name: string, source: string): Float64Array {
  if (!isTextColumn(column)) return column;
  throw new ReadError(`holds text, as ${quote(column.dictionary[0] ?? '')}: expected numbers`, {
    source,
    column: name,
  });
}

/** Fills in the tracks of the points; gives the rows that are in one. */
function rowsInTracks(
  table: PointTable,
  columns: readonly (Float64Array | TextColumn)[],
  { roles, outsideIsEmpty }: TableColumns,
  { links }: Stated,
): Uint32Array {
  const count = columns.length === 0 ? 0 : lengthOf(columns[0]);
  const rows = new Uint32Array(count);
  if (links) {
    table.ids = links.ids;
    return rows.map((_, i) => i);
  }
  if (roles.track === undefined) {
    if (count > 0) table.ids.push('0');
    for (let p = 0; p < count; p++) table.track.push(0);
    return rows.map((_, i) => i);
  }
  const column = columns[roles.track];
  const codes = new Map<string, number>();
  const codeOf = (id: string): number => {
    let code = codes.get(id);
    if (code === undefined) {
      code = table.ids.length;
      codes.set(id, code);
      table.ids.push(id);
    }
    return code;
  };
  let kept = 0;
  const keep = (p: number, code: number) => {
    table.track.push(code);
    rows[kept++] = p;
  };
  const missing = (p: number) => {
    if (outsideIsEmpty) return;
    throw new ReadError('is missing: expected a track id', {
      source: table.source,
      row: p + 1,
      column: table.names.track,
    });
  };
  if (isTextColumn(column)) {
    const words = column.dictionary.map(trackId);
    for (let p = 0; p < count; p++) {
      const id = words[column.codes[p]];
      if (id === '') missing(p);
      else keep(p, codeOf(id));
    }
  } else {
    const known = new Map<number, number>();
    for (let p = 0; p < count; p++) {
      const id = column[p];
      if (Number.isNaN(id)) {
        missing(p);
        continue;
      }
      let code = known.get(id);
      if (code === undefined) {
        code = codeOf(String(id));
        known.set(id, code);
      }
      keep(p, code);
    }
  }
  return rows.subarray(0, kept);
}

function pushFrames(table: PointTable, column: Float64Array | TextColumn, rows: Uint32Array): void {
  const frames = numbersOf(column, table.names.frame, table.source);
  for (let i = 0; i < rows.length; i++) {
    const value = frames[rows[i]];
    const problem = frameProblem(value, Number.isNaN(value) ? 'missing' : String(value));
    if (problem !== undefined) {
      throw new ReadError(problem, {
        source: table.source,
        row: rows[i] + 1,
        column: table.names.frame,
      });
    }
    table.frame!.push(value);
  }
}

/** A table without frames: the n-th row of a track is frame n − 1. */
function countFrames(table: PointTable, count: number): void {
  const next: number[] = [];
  const track = table.track.finish();
  table.track = new Growable(Uint32Array);
  for (let p = 0; p < count; p++) {
    table.track.push(track[p]);
    const frame = next[track[p]] ?? 0;
    next[track[p]] = frame + 1;
    table.frame!.push(frame);
  }
}
