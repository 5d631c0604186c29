import { derived } from '../context.ts';

/** The steps of a track: displacements over exactly one frame. */
export interface Steps {
  /** Number of steps: points − 1, less one for every gap. */
  readonly count: number;
  /** Frame at which each step begins, from 0. */
  readonly at: Int32Array;
  /** Components, one array of `count` values per axis. */
  readonly axes: readonly Float64Array[];
  readonly lengths: Float64Array;
  /** Sum of the lengths. */
  readonly total: number;
  /** Sum of the squared lengths. */
  readonly squares: number;
  readonly longest: number;
  /** Largest absolute component. */
  readonly largest: number;
}

/** Steps of a track. Two equal positions give exactly zero. */
export const steps = derived((context): Steps => {
  const { length, dim, frames } = context;
  const at = new Int32Array(length - 1);
  const axes = context.axes.map(() => new Float64Array(length - 1));
  const lengths = new Float64Array(length - 1);
  let count = 0;
  let total = 0;
  let squares = 0;
  let longest = 0;
  let largest = 0;
  for (let i = 0; i + 1 < length; i++) {
    if (frames && frames[i + 1] !== frames[i] + 1) continue;
    let square = 0;
    for (let a = 0; a < dim; a++) {
      const x = context.axes[a][i + 1] - context.axes[a][i];
      axes[a][count] = x;
      square += x * x;
      if (Math.abs(x) > largest) largest = Math.abs(x);
    }
    const size = Math.sqrt(square);
    at[count] = frames ? frames[i] : i;
    lengths[count++] = size;
    total += size;
    squares += square;
    if (size > longest) longest = size;
  }
  return {
    count,
    at: at.subarray(0, count),
    axes: axes.map((axis) => axis.subarray(0, count)),
    lengths: lengths.subarray(0, count),
    total,
    squares,
    longest,
    largest,
  };
});
