import { type Column, type Columns, columnValue, isTextColumn, takeRows } from '../column.ts';
import { ReadError } from '../errors.ts';
import { shorten } from '../quote-value.ts';
import { type Dim, LONGEST_SPAN, Tracks } from '../tracks.ts';
import { framesFromTimes, sortByTime } from './frames-from-times.ts';
import { idColumn } from './id-column.ts';
import { findDuplicate, type Merged, meanOf, mergeDuplicates } from './merge-duplicates.ts';
import { groupPoints, type PointOrder, sortByFrame } from './order-points.ts';
import type { PointTable } from './point-table.ts';
import type { ReadOptions } from './read-options.ts';
import { timeStep } from './time-step.ts';

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

/** Throws a ReadError that names the line of a point. */
type Fail = (message: string, point: number, column: string, option?: keyof ReadOptions) => never;

/**
 * Tracks of the points of a table, which is used up by it: grouped by track, sorted by frame, without a z that never
 * changes, with the interval that the times tell, and with the ids as the trackColumn `track`.
 */
export function assembleTracks(
  table: PointTable,
  options: AssembleOptions,
): { tracks: Tracks; duplicates: number } {
  const line = table.line.finish();
  const fail: Fail = (message, point, column, option) => {
    throw new ReadError(message, {
      source: table.source,
      [table.counts]: line[point],
      column,
      option,
    });
  };
  const times = table.time?.finish();
  const { frames, ...sorted } = sortPoints(table, times, options, fail);
  const twice = findDuplicate(sorted, frames);
  if (twice >= 0 && (options.duplicates ?? 'error') === 'error') {
    failOnDuplicate(table, sorted, twice, frames, line, fail);
  }
  const merged = twice >= 0 ? mergeDuplicates(sorted, frames) : undefined;
  const order: PointOrder = merged ?? sorted;
  const { offsets } = order;
  const mean = options.duplicates === 'mean' ? merged : undefined;
  const inOrder = <C extends Column>(column: C): C =>
    order.order ? takeRows(column, order.order) : column;

  const values = table.axes.map((axis) =>
    mean ? meanOf(axis.finish(), mean) : inOrder(axis.finish()),
  );
  if (values.length === 3 && values[2].every((z, _, all) => z === all[0])) values.pop();
  const sortedFrames = inOrder(frames);
  checkSpans(table, order, sortedFrames, fail);
  const { dt, timeUnit } = intervalOf(table, times, frames, order, options.dt, fail);
  const { pointColumns, trackColumns } = splitColumns(table, options.perTrack, order, mean, fail);
  const tracks = new Tracks({
    positions: interleave(values),
    offsets,
    dim: values.length as Dim,
    ...(!countsFromZero(sortedFrames, offsets) && { frames: sortedFrames }),
    dt,
    positionUnit: table.positionUnit,
    timeUnit,
    pointColumns,
    trackColumns: { track: idColumn(table.ids), ...trackColumns },
  });
  return { tracks, duplicates: line.length - tracks.pointCount };
}

function sortPoints(
  table: PointTable,
  times: Float64Array | undefined,
  options: AssembleOptions,
  fail: Fail,
): PointOrder & { frames: Int32Array } {
  const grouped = options.order ?? groupPoints(table.track.finish(), table.ids.length);
  if (table.frame) {
    const frames = table.frame.finish();
    return { ...(options.order ?? sortByFrame(grouped, frames)), frames };
  }
  const order = sortByTime(grouped, times!);
  const derived = framesFromTimes(times!, order, options.dt);
  if ('problem' in derived) {
    return fail(derived.problem.message, derived.problem.point, table.names.time);
  }
  return { ...order, frames: derived.frames };
}

function failOnDuplicate(
  { names, ids, counts }: PointTable,
  { offsets, order }: PointOrder,
  twice: number,
  frames: Int32Array,
  line: Uint32Array,
  fail: Fail,
): never {
  const [first, second] = [twice - 1, twice].map((p) => order?.[p] ?? p);
  const track = ids[offsets.findIndex((offset) => offset > twice) - 1];
  const [what, hint] =
    names.track === undefined
      ? ['the one track', ' (no column of track ids is known: name it)']
      : [`track ${shorten(track)}`, ''];
  return fail(
    `${what} has a second point in frame ${frames[second]}, after ${counts} ${line[first]}: expected one point ` +
      `per frame and track${hint}, or duplicates first or mean`,
    second,
    names.frame,
    'duplicates',
  );
}

function checkSpans(
  { names }: PointTable,
  { offsets, order }: PointOrder,
  sorted: Int32Array,
  fail: Fail,
): void {
  for (let i = 0; i + 1 < offsets.length; i++) {
    const last = offsets[i + 1] - 1;
    const first = sorted[offsets[i]];
    if (last < offsets[i] || sorted[last] - first <= LONGEST_SPAN) continue;
    fail(
      `is ${sorted[last]}, in a track that begins in frame ${first}: expected at most ${LONGEST_SPAN} frames in between`,
      order?.[last] ?? last,
      names.frame,
    );
  }
}

/** The caller's interval, or the file's, or that of its times, or else one frame. */
function intervalOf(
  table: PointTable,
  times: Float64Array | undefined,
  frames: Int32Array,
  { offsets, order }: PointOrder,
  given: number | undefined,
  fail: Fail,
): { dt: number; timeUnit: string } {
  if (given !== undefined) return { dt: given, timeUnit: 's' };
  if (table.dt !== undefined) return { dt: table.dt, timeUnit: table.timeUnit };
  const step = times && timeStep(times, frames, offsets, (p) => (order ? order[p] : p));
  if (step && 'problem' in step) {
    return fail(step.problem.message, step.problem.point, table.names.time);
  }
  return step?.dt === undefined
    ? { dt: 1, timeUnit: 'frame' }
    : { dt: step.dt, timeUnit: table.timeUnit };
}

function splitColumns(
  table: PointTable,
  perTrack: ReadonlySet<string>,
  { offsets, order }: PointOrder,
  mean: Merged | undefined,
  fail: Fail,
): { pointColumns: Columns; trackColumns: Columns } {
  const at = (p: number) => (order ? order[p] : p);
  const pointColumns: [string, Column][] = [];
  const trackColumns: [string, Column][] = [];
  for (const builder of table.columns) {
    const column = builder.finish();
    if (!perTrack.has(builder.name)) {
      const sorted =
        mean && !isTextColumn(column)
          ? meanOf(column, mean)
          : order
            ? takeRows(column, order)
            : column;
      pointColumns.push([builder.name, sorted]);
      continue;
    }
    const firsts = new Uint32Array(offsets.length - 1);
    for (let i = 0; i < firsts.length; i++) {
      firsts[i] = at(offsets[i]);
      const value = columnValue(column, firsts[i]);
      for (let p = offsets[i] + 1; p < offsets[i + 1]; p++) {
        const other = columnValue(column, at(p));
        if (other === value || (Number.isNaN(other) && Number.isNaN(value))) continue;
        fail(
          `is ${shorten(`${other}`)} after ${shorten(`${value}`)}: expected one value per track`,
          at(p),
          builder.name,
        );
      }
    }
    trackColumns.push([builder.name, takeRows(column, firsts)]);
  }
  return {
    pointColumns: Object.fromEntries(pointColumns),
    trackColumns: Object.fromEntries(trackColumns),
  };
}

function interleave(axes: readonly Float64Array[]): Float64Array {
  const dim = axes.length;
  const positions = new Float64Array(axes[0].length * dim);
  axes.forEach((axis, a) => {
    for (let p = 0; p < axis.length; p++) positions[p * dim + a] = axis[p];
  });
  return positions;
}

function countsFromZero(frames: Int32Array, offsets: Uint32Array): boolean {
  for (let i = 0; i + 1 < offsets.length; i++) {
    for (let p = offsets[i]; p < offsets[i + 1]; p++) {
      if (frames[p] !== p - offsets[i]) return false;
    }
  }
  return true;
}
