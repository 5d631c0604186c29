import { type Columns, columnLength } from './column.ts';
import { showAs } from './display/show-as.ts';
import { tracksViews } from './display/tracks-views.ts';
import { TracksError } from './errors.ts';
import { checkOptions } from './names/check-options.ts';
import type { Dim, TracksData } from './tracks-data.ts';
import { type ColumnInit, typedArray, typedColumns } from './typed-array.ts';

export type { Dim, TracksData } from './tracks-data.ts';

/** One track: views into the set it belongs to, nothing copied. */
export interface Track {
  /** Place in the set, from 0. */
  readonly index: number;
  /** Number of points. */
  readonly length: number;
  readonly dim: Dim;
  /** points × dim, interleaved. */
  readonly positions: Float64Array;
  /** Frame number per point; undefined when the points are 0, 1, 2, …, and whether other tracks were there then is not known. */
  readonly frames: Int32Array | undefined;
  readonly dt: number;
}

/**
 * What {@link Tracks} is made from; what is left out has the default that the field's comment names. Typed arrays are
 * taken as they are; lists of plain numbers and strings are copied into such.
 */
export interface TracksInit
  extends Pick<TracksData, 'dim'>,
    Partial<Pick<TracksData, 'dt' | 'positionUnit' | 'timeUnit'>> {
  readonly positions: Float64Array | readonly number[];
  readonly offsets: Uint32Array | readonly number[];
  readonly frames?: Int32Array | readonly number[];
  readonly pointColumns?: Readonly<Record<string, ColumnInit>>;
  readonly trackColumns?: Readonly<Record<string, ColumnInit>>;
}

const FIELDS = {
  positions: true,
  offsets: true,
  dim: true,
  frames: true,
  dt: true,
  positionUnit: true,
  timeUnit: true,
  pointColumns: true,
  trackColumns: true,
} as const;

/**
 * A ragged set of single-particle tracks, held in columns. Immutable by convention: operations return new sets
 * that share what they can.
 *
 * Throws {@link TracksError} when the arrays do not fit each other.
 *
 * @example
 * const tracks = new Tracks({ positions: [0, 0, 1, 0.5, 2, 2], offsets: [0, 3], dim: 2, dt: 0.03, timeUnit: 's' });
 * for (const track of tracks) console.log(track.length); // 3
 */
export class Tracks implements TracksData {
  readonly positions: Float64Array;
  readonly offsets: Uint32Array;
  readonly dim: Dim;
  readonly frames?: Int32Array;
  readonly dt: number;
  readonly positionUnit: string;
  readonly timeUnit: string;
  readonly pointColumns: Columns;
  readonly trackColumns: Columns;

  constructor(init: TracksInit) {
    checkOptions('Tracks', init, FIELDS);
    this.positions = typedArray('positions', init.positions, 'Float64Array');
    this.offsets = typedArray('offsets', init.offsets, 'Uint32Array');
    this.dim = init.dim;
    if (init.frames) this.frames = typedArray('frames', init.frames, 'Int32Array');
    this.dt = init.dt ?? 1;
    this.positionUnit = init.positionUnit ?? '';
    this.timeUnit = init.timeUnit ?? 'frame';
    this.pointColumns = typedColumns('pointColumns', init.pointColumns ?? {});
    this.trackColumns = typedColumns('trackColumns', init.trackColumns ?? {});
    check(this);
  }

  /** Number of tracks. */
  get count(): number {
    return this.offsets.length - 1;
  }

  /** Number of points of all tracks together. */
  get pointCount(): number {
    return this.positions.length / this.dim;
  }

  /** Number of points of track i. */
  lengthOf(i: number): number {
    return this.offsets[i + 1] - this.offsets[i];
  }

  /** Number of points of every track. */
  lengths(): Int32Array {
    return Int32Array.from({ length: this.count }, (_, i) => this.lengthOf(i));
  }

  /** Track i, as views. Throws a RangeError when there is no such track. */
  at(i: number): Track {
    if (!(Number.isInteger(i) && i >= 0 && i < this.count)) {
      throw new RangeError(
        `track ${i} does not exist: expected an integer from 0 to ${this.count - 1}`,
      );
    }
    const from = this.offsets[i];
    const to = this.offsets[i + 1];
    return {
      index: i,
      length: to - from,
      dim: this.dim,
      positions: this.positions.subarray(from * this.dim, to * this.dim),
      frames: this.frames?.subarray(from, to),
      dt: this.dt,
    };
  }

  *[Symbol.iterator](): IterableIterator<Track> {
    for (let i = 0; i < this.count; i++) yield this.at(i);
  }

  /** The plain columns: what to post to a worker, where `new Tracks(data)` makes the set again without copying. */
  get data(): TracksData {
    return {
      positions: this.positions,
      offsets: this.offsets,
      dim: this.dim,
      ...(this.frames && { frames: this.frames }),
      dt: this.dt,
      positionUnit: this.positionUnit,
      timeUnit: this.timeUnit,
      pointColumns: this.pointColumns,
      trackColumns: this.trackColumns,
    };
  }
}

showAs(Tracks.prototype, tracksViews);

function check(tracks: Tracks): void {
  const { positions, offsets, dim, frames, dt, pointColumns, trackColumns } = tracks;
  if (dim !== 1 && dim !== 2 && dim !== 3)
    throw new TracksError(`dim is ${dim}: expected 1, 2 or 3`);
  if (!(dt > 0 && Number.isFinite(dt)))
    throw new TracksError(`dt is ${dt}: expected a positive number`);
  if (offsets.length === 0 || offsets[0] !== 0) throw new TracksError('offsets must begin with 0');
  for (let i = 1; i < offsets.length; i++) {
    if (offsets[i] < offsets[i - 1]) {
      throw new TracksError(
        `offsets[${i}] is ${offsets[i]}: expected at least offsets[${i - 1}] = ${offsets[i - 1]}`,
      );
    }
  }
  const points = offsets[offsets.length - 1];
  if (positions.length !== points * dim) {
    throw new TracksError(
      `positions has ${positions.length} numbers: expected ${points} points × ${dim} dimensions = ${points * dim}`,
    );
  }
  if (frames && frames.length !== points) {
    throw new TracksError(`frames has ${frames.length} rows: expected one per point, ${points}`);
  }
  if (frames) {
    for (let i = 0; i + 1 < offsets.length; i++) checkSpan(frames, offsets[i], offsets[i + 1], i);
  }
  checkColumns('pointColumns', pointColumns, points);
  checkColumns('trackColumns', trackColumns, offsets.length - 1);
}

/** The most frames from the first to the last point of a track: what is larger does not fit a frame number. */
export const LONGEST_SPAN = 2 ** 31 - 1;

function checkSpan(frames: Int32Array, from: number, to: number, track: number): void {
  if (to === from || frames[to - 1] - frames[from] <= LONGEST_SPAN) return;
  throw new TracksError(
    `track ${track} is of the frames ${frames[from]} to ${frames[to - 1]}: expected at most ${LONGEST_SPAN} from the first to the last`,
  );
}

function checkColumns(where: string, columns: Columns, rows: number): void {
  for (const [name, column] of Object.entries(columns)) {
    if (columnLength(column) !== rows) {
      throw new TracksError(`${where}.${name} has ${columnLength(column)} rows: expected ${rows}`);
    }
  }
}
