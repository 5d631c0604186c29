import { derived, ZERO } from '../context.ts';
import { steps } from './steps.ts';

/** Cosines and angles between consecutive steps, neither of which is zero. */
export interface Turning {
  readonly count: number;
  readonly cosines: Float64Array;
  /** In [0, π]. */
  readonly angles: Float64Array;
}

/** Turning angles of a track: 2·atan2(|u − v|, |u + v|) of the unit vectors u, v, which keeps its digits near 0 and π. */
export const turning = derived((context): Turning => {
  const { axes, lengths, at, count: n, longest } = steps(context);
  const cosines = new Float64Array(n);
  const angles = new Float64Array(n);
  const zero = ZERO * longest;
  let count = 0;
  for (let i = 0; i + 1 < n; i++) {
    if (at[i + 1] !== at[i] + 1 || lengths[i] <= zero || lengths[i + 1] <= zero) continue;
    let dot = 0;
    let minus = 0;
    let plus = 0;
    for (let a = 0; a < axes.length; a++) {
      const u = axes[a][i] / lengths[i];
      const v = axes[a][i + 1] / lengths[i + 1];
      dot += u * v;
      minus += (u - v) * (u - v);
      plus += (u + v) * (u + v);
    }
    cosines[count] = dot;
    angles[count++] = 2 * Math.atan2(Math.sqrt(minus), Math.sqrt(plus));
  }
  return { count, cosines: cosines.subarray(0, count), angles: angles.subarray(0, count) };
});
