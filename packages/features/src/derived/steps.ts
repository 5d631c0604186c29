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
  const { frames, length } = context;
  const at = startsOfSteps(length, frames);
  const count = at.length;
  const lengths = new Float64Array(count);
  let largest = 0;
  const axes = context.axes.map((x) => {
    const step = new Float64Array(count);
    for (let i = 0, point = 0; i < count; i++, point++) {
      if (frames) while (frames[point] !== at[i]) point++;
      const d = x[point + 1] - x[point];
      step[i] = d;
      lengths[i] += d * d;
      largest = Math.max(largest, Math.abs(d));
    }
    return step;
  });
  let total = 0;
  let squares = 0;
  let longest = 0;
  for (let i = 0; i < count; i++) {
    squares += lengths[i];
    lengths[i] = Math.sqrt(lengths[i]);
    total += lengths[i];
    longest = Math.max(longest, lengths[i]);
  }
  return { count, at, axes, lengths, total, squares, longest, largest };
});

/** Frames that have a point of the track in the next frame too. */
function startsOfSteps(length: number, frames: Int32Array | undefined): Int32Array {
  const at = new Int32Array(length - 1);
  let count = 0;
  for (let i = 0; i + 1 < length; i++) {
    if (frames && frames[i + 1] !== frames[i] + 1) continue;
    at[count++] = frames ? frames[i] : i;
  }
  return at.subarray(0, count);
}
