import { derived, ZERO } from '../context.ts';
import { moments } from '../derived/moments.ts';
import { steps } from '../derived/steps.ts';
import { feature } from '../feature.ts';

/** Mean cosine of the angle between consecutive steps. */
export const meanCosTurningAngle = feature({
  name: 'meanCosTurningAngle',
  section: 'increments',
  meaning: 'Mean cosine of the angle between consecutive steps.',
  formula: '⟨cos θ_i⟩ over pairs of non-zero steps',
  range: '[−1, 1]; undefined if there is no such pair',
  minPoints: 3,
  dims: [2, 3],
  invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
  gaps: 'by lag',
  source: 'definition; TraJ',
  compute: (context) => mean(turning(context).cosines),
});

/** Mean angle between consecutive steps. */
export const meanTurningAngle = feature({
  name: 'meanTurningAngle',
  section: 'increments',
  meaning: 'Mean angle between consecutive steps.',
  formula: '⟨θ_i⟩ over pairs of non-zero steps, θ ∈ [0, π]',
  range: '[0, π]; undefined if there is no such pair',
  minPoints: 3,
  dims: [2, 3],
  invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
  gaps: 'by lag',
  source: 'definition; TraJ',
  compute: (context) => mean(turning(context).angles),
});

/** Spread of the angle between consecutive steps. */
export const stdTurningAngle = feature({
  name: 'stdTurningAngle',
  section: 'increments',
  meaning: 'Spread of the angle between consecutive steps.',
  formula: 'standard deviation of θ_i, ÷ (count − 1)',
  range: '≥ 0; undefined if there are fewer than two pairs',
  minPoints: 4,
  dims: [2, 3],
  invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
  gaps: 'by lag',
  source: 'TraJ (DIR-SD)',
  compute: (context) => {
    const { angles, count } = turning(context);
    return Math.sqrt((moments(angles).m2 * count) / (count - 1));
  },
});

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

/** Mean of the values; NaN when there are none. */
function mean(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}
