import { Tracks } from '@diffusion/tracks';
import { checkBatches, checkRange, type DataSet } from '../sets/make-data-set.ts';

/** A track whose points have labels, each of the step to the next point. */
export interface LabelledRow {
  /** points × dim. */
  readonly positions: Float64Array;
  /** NaN where it is not known. */
  readonly alpha: Float64Array;
  readonly D: Float64Array;
  /** Places among the classes. */
  readonly state: Uint8Array;
  /** Of the points, where some are missed: of every track of a set, or of none. */
  readonly frames?: Int32Array;
  /** Numbers of the track, in the order of the columns. */
  readonly values: readonly number[];
}

/** A set of tracks that change on their way, as a law. */
export interface PointLaw
  extends Pick<DataSet, 'count' | 'dim' | 'classes' | 'lengths' | 'specification'> {
  readonly positionUnit: string;
  readonly columns: readonly string[];
  /** Track i. */
  row(i: number): LabelledRow;
}

/** The data set of such a law: point columns `state`, `alpha` and `D`, track columns `track` and those of the law. */
export function labelledPoints(law: PointLaw): DataSet {
  const { count, dim, classes, lengths, specification } = law;
  const tracksOf = (from: number, to: number): Tracks => {
    const rows = Array.from({ length: to - from }, (_, r) => law.row(from + r));
    const offsets = new Uint32Array(rows.length + 1);
    for (const [r, { alpha }] of rows.entries()) offsets[r + 1] = offsets[r] + alpha.length;
    const points = offsets[rows.length];
    const positions = new Float64Array(points * dim);
    const alpha = new Float64Array(points);
    const D = new Float64Array(points);
    const state = new Uint8Array(points);
    const frames = rows.some((row) => row.frames) ? new Int32Array(points) : undefined;
    for (const [r, row] of rows.entries()) {
      positions.set(row.positions, offsets[r] * dim);
      alpha.set(row.alpha, offsets[r]);
      D.set(row.D, offsets[r]);
      state.set(row.state, offsets[r]);
      if (frames && row.frames) frames.set(row.frames, offsets[r]);
    }
    const columns = law.columns.map(
      (name, k) => [name, Float64Array.from(rows, ({ values }) => values[k])] as const,
    );
    return new Tracks({
      positions,
      offsets,
      dim,
      ...(frames && { frames }),
      positionUnit: law.positionUnit,
      pointColumns: { state, alpha, D },
      trackColumns: {
        track: Float64Array.from(rows, (_, r) => from + r),
        ...Object.fromEntries(columns),
      },
    });
  };
  return {
    count,
    dim,
    classes,
    lengths,
    answers: ['points'],
    specification,
    generate(from = 0, to = count) {
      checkRange(count, from, to);
      return tracksOf(from, to);
    },
    async *batches(options) {
      const { size, from, to } = checkBatches(options, count);
      for (let begin = from; begin < to; begin += size) {
        yield tracksOf(begin, Math.min(to, begin + size));
      }
    },
  };
}
