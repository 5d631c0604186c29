import { type Column, type Columns, columnValue, takeRows, textColumn } from '../column.ts';
import { ReadError } from '../errors.ts';
import { type Dim, Tracks } from '../tracks.ts';
import { type ColumnBuilder, ownString } from './columnBuilder.ts';
import { framesFromTimes, sortByTime } from './framesFromTimes.ts';
import { Growable } from './growable.ts';
import { findDuplicate, type Merged, meanOf, mergeDuplicates } from './mergeDuplicates.ts';
import { groupPoints, type PointOrder, sortByFrame } from './orderPoints.ts';
import { timeStep } from './timeStep.ts';

/** Points as they come in a file, in any order, until {@link assembleTracks} makes tracks of them. */
export interface PointTable {
  source: string;
  /** Ids of the tracks in order of first appearance. */
  ids: string[];
  /** Per point: which track (an index into `ids`). */
  track: Growable<Uint32Array>;
  /** Per point; undefined when they have to come from the times. */
  frame: Growable<Int32Array> | undefined;
  /** Per axis, x first. */
  axes: Growable<Float64Array>[];
  /** Per point; undefined when the file has none, or they are not to be looked at. */
  time: Growable<Float64Array> | undefined;
  /** Line of each point, from 1. */
  line: Growable<Uint32Array>;
  columns: ColumnBuilder[];
  /** Names of the columns in the file, for messages. */
  names: { track: string | undefined; frame: string; time: string };
  positionUnit: string;
  timeUnit: string;
  /** Interval between frames that the file states. */
  dt: number | undefined;
}

/** A table without points. */
export function pointTable(source: string, axes: number): PointTable {
  return {
    source,
    ids: [],
    track: new Growable(Uint32Array),
    frame: new Growable(Int32Array),
    axes: Array.from({ length: axes }, () => new Growable(Float64Array)),
    time: undefined,
    line: new Growable(Uint32Array),
    columns: [],
    names: { track: 'track', frame: 'frame', time: 't' },
    positionUnit: '',
    timeUnit: '',
    dt: undefined,
  };
}

/** What {@link assembleTracks} is told beside the table. */
export interface AssembleOptions {
  /** The caller's interval, in seconds: goes before what the file says. */
  dt?: number;
  duplicates?: 'error' | 'first' | 'mean';
  /** Names of the columns that become trackColumns. */
  perTrack: ReadonlySet<string>;
  /** Points by track and frame, where the file tells; sorted here otherwise. */
  order?: PointOrder;
}

/**
 * Tracks of the points of a table, which is used up by it: grouped by track, sorted by frame, without a z that never
 * changes, with the interval that the times tell, and with the ids as the trackColumn `track`.
 */
export function assembleTracks(
  table: PointTable,
  options: AssembleOptions,
): { tracks: Tracks; duplicates: number } {
  const { source, names } = table;
  const line = table.line.finish();
  const fail = (message: string, point: number, column: string): never => {
    throw new ReadError(message, { source, line: line[point], column });
  };
  let order = options.order ?? groupPoints(table.track.finish(), table.ids.length);
  const times = table.time?.finish();
  let frames: Int32Array;
  if (table.frame) {
    frames = table.frame.finish();
    if (!options.order) order = sortByFrame(order, frames);
  } else {
    order = sortByTime(order, times!);
    const derived = framesFromTimes(times!, order, options.dt);
    if ('problem' in derived) {
      return fail(derived.problem.message, derived.problem.point, names.time);
    }
    frames = derived.frames;
  }

  let merged: Merged | undefined;
  const twice = findDuplicate(order, frames);
  if (twice >= 0) {
    const [first, second] = [twice - 1, twice].map((p) => order.order?.[p] ?? p);
    if ((options.duplicates ?? 'error') === 'error') {
      const i = order.offsets.findIndex((offset) => offset > twice) - 1;
      const track = names.track === undefined ? 'the one track' : `track ${table.ids[i]}`;
      const hint = names.track === undefined ? ' (no column of track ids is known: name it)' : '';
      fail(
        `${track} has a second point in frame ${frames[second]}, after line ${line[first]}: expected one point ` +
          `per frame and track${hint}, or --duplicates first or mean`,
        second,
        names.frame,
      );
    }
    merged = mergeDuplicates(order, frames);
    order = { offsets: merged.offsets, order: merged.order };
  }
  const { offsets } = order;
  const rows = order.order;
  const at = (p: number) => (rows ? rows[p] : p);
  const inOrder = <C extends Column>(column: C): C => (rows ? takeRows(column, rows) : column);
  const mean = merged && options.duplicates === 'mean' ? merged : undefined;
  const average = <C extends Column>(column: C): C =>
    mean && !('codes' in column)
      ? (meanOf(column as unknown as Float64Array, mean) as unknown as C)
      : inOrder(column);

  let { dt } = table;
  let { timeUnit } = table;
  if (options.dt !== undefined) {
    dt = options.dt;
    timeUnit = 's';
  } else if (dt === undefined && times) {
    const step = timeStep(times, frames, offsets, at);
    if ('problem' in step) return fail(step.problem.message, step.problem.point, names.time);
    dt = step.dt;
  }

  const axes = table.axes.map((axis) => axis.finish());
  if (axes.length === 3 && axes[2].every((z, _, all) => z === all[0])) axes.pop();
  const dim = axes.length as Dim;
  const points = offsets[offsets.length - 1];
  const positions = new Float64Array(points * dim);
  axes.forEach((values, axis) => {
    const column = mean ? meanOf(values, mean) : undefined;
    for (let p = 0; p < points; p++) {
      positions[p * dim + axis] = column ? column[p] : values[at(p)];
    }
  });

  const sortedFrames = inOrder(frames);
  const pointColumns: [string, Column][] = [];
  const trackColumns: [string, Column][] = [['track', idColumn(table.ids)]];
  for (const builder of table.columns) {
    const column = builder.finish();
    if (options.perTrack.has(builder.name)) {
      const first = Uint32Array.from(offsets.subarray(0, -1), at);
      for (let i = 0; i + 1 < offsets.length; i++) {
        const value = columnValue(column, first[i]);
        for (let p = offsets[i] + 1; p < offsets[i + 1]; p++) {
          const other = columnValue(column, at(p));
          if (Object.is(other, value)) continue;
          fail(`is ${other} after ${value}: expected one value per track`, at(p), builder.name);
        }
      }
      trackColumns.push([builder.name, takeRows(column, first)]);
    } else {
      pointColumns.push([builder.name, average(column)]);
    }
  }
  const tracks = new Tracks({
    positions,
    offsets,
    dim,
    ...(!countsFromZero(sortedFrames, offsets) && { frames: sortedFrames }),
    dt: dt ?? 1,
    positionUnit: table.positionUnit,
    timeUnit: dt === undefined ? 'frame' : timeUnit,
    pointColumns: Object.fromEntries(pointColumns),
    trackColumns: Object.fromEntries(trackColumns) as Columns,
  });
  return { tracks, duplicates: line.length - points };
}

function countsFromZero(frames: Int32Array, offsets: Uint32Array): boolean {
  for (let i = 0; i + 1 < offsets.length; i++) {
    for (let p = offsets[i]; p < offsets[i + 1]; p++) {
      if (frames[p] !== p - offsets[i]) return false;
    }
  }
  return true;
}

/** Numbers where every id is one, written as numbers are (7, or 7.0 as pandas does); else text. */
export function idColumn(ids: readonly string[]): Column {
  const numbers = ids.map((id) => (/^-?\d+\.0*$/.test(id) ? id.slice(0, id.indexOf('.')) : id));
  const numeric = numbers.every((id) => String(Number(id)) === id && Number.isFinite(Number(id)));
  return numeric && new Set(numbers).size === new Set(ids).size
    ? Float64Array.from(numbers, Number)
    : textColumn(ids.map(ownString));
}
