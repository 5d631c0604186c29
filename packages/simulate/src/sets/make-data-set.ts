import { type Columns, type Dim, Tracks, takeRows } from '@diffusion/tracks';
import { checkInteger } from '../check.ts';
import { seenPieces } from '../measure/seen-pieces.ts';
import { readFields } from '../read-specification.ts';
import type { Specification } from './specification.ts';

/** Which tracks, and how many at a time. */
export interface BatchOptions {
  /** Tracks in a batch; the last one may have fewer. */
  size: number;
  /** First track, 0 unless told. */
  from?: number;
  /** The track behind the last one, `count` unless told. */
  to?: number;
}

/**
 * A labelled set of simulated tracks that is never held as a whole unless asked for: track i is a function of
 * the specification, its seed and i.
 */
export interface DataSet {
  /** Number of simulated tracks; a field of view can cut one of them into several rows, or none. */
  readonly count: number;
  readonly dim: Dim;
  /** Names of the classes; the column `label` has them as its dictionary, in this order. */
  readonly classes: readonly string[];
  /** Fewest and most points that a track can have. */
  readonly lengths: { readonly min: number; readonly max: number };
  /**
   * What every track answers, the one that the set is made for first: its class (column `label`, by `classes`), its
   * exponent (column `alpha`, a number in every row); or `points`, where tracks change on their way and have the point columns
   * `state`, by its classes, `alpha` and `D`. None where there is no such answer.
   */
  readonly answers: readonly Answer[];
  /**
   * What makes the set again with `dataSet(specification)`: plain JSON, unless a class has a model that is given as an
   * object.
   */
  readonly specification: Specification;
  /** The tracks from … to − 1; all unless told. Throws a ParameterError when there are no such tracks. */
  generate(from?: number, to?: number): Tracks;
  /** The same tracks a batch at a time, in constant memory. */
  batches(options: BatchOptions): AsyncIterable<Tracks>;
}

/** What can be asked of a track. */
export type Answer = 'classes' | 'exponent' | 'points';

/** What is known about a track before it is simulated. */
export interface TrackPlan {
  /** Number of frames. */
  readonly points: number;
  /** Index of its class, in each of the law's label columns. */
  readonly labels: readonly number[];
  /** Its value in each of the law's columns; writing the track may fill in what only the track itself shows. */
  readonly values: number[] | Float64Array;
}

/** A set as a law: what a track is to be, and how to write it. */
export interface TrackLaw<P extends TrackPlan> {
  readonly count: number;
  readonly dim: Dim;
  readonly classes: readonly string[];
  readonly lengths: DataSet['lengths'];
  readonly answers: readonly Answer[];
  readonly specification: Specification;
  readonly dt: number;
  readonly positionUnit: string;
  readonly timeUnit: string;
  /** Names of the label columns: `label` alone, unless a track has several. */
  readonly labels: readonly string[];
  /** What each of them is a code of; the classes unless told. */
  readonly dictionaries?: readonly (readonly string[])[];
  /** Names of the numeric columns with a value per track. */
  readonly columns: readonly string[];
  /** What track i is to be. */
  plan(i: number): P;
  /**
   * Writes track i to `out`, points × dim coordinates, interleaved. Where the law says that frames can be
   * lost, `piece` has a number per frame, 0 at first: −1 marks a frame that is not seen, another number
   * begins another row.
   */
  write(i: number, plan: P, out: Float64Array, piece: Int32Array): void;
  /** Set when frames can be lost: rows of fewer points than this are dropped. */
  readonly minPoints?: number;
}

/** The data set of a law. */
export function makeDataSet<P extends TrackPlan>(law: TrackLaw<P>): DataSet {
  const { count, dim, classes, lengths, answers, specification } = law;
  return {
    count,
    dim,
    classes,
    lengths,
    answers,
    specification,
    generate(from = 0, to = count) {
      checkRange(count, from, to);
      return tracksOf(law, from, to);
    },
    batches(options) {
      const { size, from, to } = checkBatches(options, count);
      return batchesOf(law, size, from, to);
    },
  };
}

/** The options of `batches`, checked and filled in. */
export function checkBatches(options: BatchOptions, count: number): Required<BatchOptions> {
  readFields('', options, ['size', 'from', 'to']);
  const { size, from = 0, to = count } = options;
  checkInteger('size', size, { min: 1 });
  checkRange(count, from, to);
  return { size, from, to };
}

/** Throws a ParameterError unless 0 ≤ from ≤ to ≤ count. */
export function checkRange(count: number, from: number, to: number): void {
  checkInteger('from', from, { min: 0, max: count });
  checkInteger('to', to, { min: from, max: count });
}

async function* batchesOf<P extends TrackPlan>(
  law: TrackLaw<P>,
  size: number,
  from: number,
  to: number,
): AsyncGenerator<Tracks> {
  for (let begin = from; begin < to; begin += size) {
    yield tracksOf(law, begin, Math.min(to, begin + size));
  }
}

const NO_PIECES = new Int32Array(0);

function tracksOf<P extends TrackPlan>(law: TrackLaw<P>, from: number, to: number): Tracks {
  const { dim } = law;
  const rows = to - from;
  const plans: P[] = [];
  const offsets = new Uint32Array(rows + 1);
  for (let row = 0; row < rows; row++) {
    const plan = law.plan(from + row);
    plans.push(plan);
    offsets[row + 1] = offsets[row] + plan.points;
  }
  const positions = new Float64Array(offsets[rows] * dim);
  const lossy = law.minPoints !== undefined;
  const piece = lossy ? new Int32Array(offsets[rows]) : NO_PIECES;
  for (let row = 0; row < rows; row++) {
    const begin = offsets[row];
    const end = offsets[row + 1];
    law.write(
      from + row,
      plans[row],
      positions.subarray(begin * dim, end * dim),
      lossy ? piece.subarray(begin, end) : NO_PIECES,
    );
  }
  const columns = columnsOf(law, plans, from);
  const common = {
    dim,
    dt: law.dt,
    positionUnit: law.positionUnit,
    timeUnit: law.timeUnit,
  };
  if (law.minPoints === undefined) {
    return new Tracks({ ...common, positions, offsets, trackColumns: columns });
  }
  const seen = seenPieces(positions, offsets, dim, piece, law.minPoints);
  return new Tracks({
    ...common,
    positions: seen.positions,
    offsets: seen.offsets,
    frames: seen.frames,
    trackColumns: Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [name, takeRows(column, seen.rows)]),
    ),
  });
}

function columnsOf<P extends TrackPlan>(
  law: TrackLaw<P>,
  plans: readonly P[],
  from: number,
): Columns {
  const track = new Float64Array(plans.length);
  for (let row = 0; row < plans.length; row++) track[row] = from + row;
  const labels = law.labels.map((name, k) => {
    const codes = new Uint32Array(plans.length);
    for (let row = 0; row < plans.length; row++) codes[row] = plans[row].labels[k];
    return [name, { codes, dictionary: law.dictionaries?.[k] ?? law.classes }] as const;
  });
  const numbers = law.columns.map((name, k) => {
    const column = new Float64Array(plans.length);
    for (let row = 0; row < plans.length; row++) column[row] = plans[row].values[k];
    return [name, column] as const;
  });
  return Object.fromEntries([['track', track], ...labels, ...numbers]);
}
