import { type Dim, Tracks } from '@diffusion/tracks';
import { checkInteger } from '../check.ts';

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
  /** Number of tracks. */
  readonly count: number;
  readonly dim: Dim;
  /** Names of the classes; the column `label` has them as its dictionary, in this order. */
  readonly classes: readonly string[];
  /** What makes the set again with `dataSet(specification)`: plain JSON. */
  readonly specification: Readonly<Record<string, unknown>>;
  /** The tracks from … to − 1; all unless told. Throws a ParameterError when there are no such tracks. */
  generate(from?: number, to?: number): Tracks;
  /** The same tracks a batch at a time, in constant memory. */
  batches(options: BatchOptions): AsyncIterable<Tracks>;
}

/** What is known about a track before it is simulated. */
export interface TrackPlan {
  /** Number of points. */
  readonly points: number;
  /** Index of its class. */
  readonly label: number;
  /** Its value in each of the law's columns. */
  readonly values: ArrayLike<number>;
}

/** A set as a law: what a track is to be, and how to write it. */
export interface TrackLaw<P extends TrackPlan> {
  readonly count: number;
  readonly dim: Dim;
  readonly classes: readonly string[];
  readonly specification: Readonly<Record<string, unknown>>;
  readonly dt: number;
  readonly positionUnit: string;
  readonly timeUnit: string;
  /** Names of the numeric columns with a value per track. */
  readonly columns: readonly string[];
  /** What track i is to be. */
  plan(i: number): P;
  /** Writes track i to `out`: points × dim coordinates, interleaved. */
  write(i: number, plan: P, out: Float64Array): void;
}

/** The data set of a law. */
export function makeDataSet<P extends TrackPlan>(law: TrackLaw<P>): DataSet {
  const { count, dim, classes, specification } = law;
  const generate = (from = 0, to = count): Tracks => {
    checkInteger('from', from, { min: 0, max: count });
    checkInteger('to', to, { min: from, max: count });
    return tracksOf(law, from, to);
  };
  return {
    count,
    dim,
    classes,
    specification,
    generate,
    async *batches({ size, from = 0, to = count }) {
      checkInteger('size', size, { min: 1 });
      checkInteger('from', from, { min: 0, max: count });
      checkInteger('to', to, { min: from, max: count });
      for (let begin = from; begin < to; begin += size) {
        yield tracksOf(law, begin, Math.min(to, begin + size));
      }
    },
  };
}

function tracksOf<P extends TrackPlan>(law: TrackLaw<P>, from: number, to: number): Tracks {
  const { dim, columns } = law;
  const rows = to - from;
  const plans: P[] = [];
  const offsets = new Uint32Array(rows + 1);
  const codes = new Uint32Array(rows);
  const track = new Float64Array(rows);
  const values = columns.map(() => new Float64Array(rows));
  for (let row = 0; row < rows; row++) {
    const plan = law.plan(from + row);
    plans.push(plan);
    offsets[row + 1] = offsets[row] + plan.points;
    codes[row] = plan.label;
    track[row] = from + row;
    for (let c = 0; c < values.length; c++) values[c][row] = plan.values[c];
  }
  const positions = new Float64Array(offsets[rows] * dim);
  for (let row = 0; row < rows; row++) {
    law.write(
      from + row,
      plans[row],
      positions.subarray(offsets[row] * dim, offsets[row + 1] * dim),
    );
  }
  return new Tracks({
    positions,
    offsets,
    dim,
    dt: law.dt,
    positionUnit: law.positionUnit,
    timeUnit: law.timeUnit,
    trackColumns: {
      track,
      label: { codes, dictionary: law.classes },
      ...Object.fromEntries(columns.map((name, c) => [name, values[c]])),
    },
  });
}
