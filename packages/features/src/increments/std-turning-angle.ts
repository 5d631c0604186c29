import { moments } from '../derived/moments.ts';
import { turning } from '../derived/turning.ts';
import { feature } from '../feature.ts';

/**
 * Spread of the angle between consecutive steps.
 *
 * - Formula: standard deviation of θ_i, ÷ (count − 1)
 * - Range: ≥ 0; undefined if there are fewer than two pairs
 * - Points: at least 4, in 2D, 3D
 * - Invariances: R S0 V t0
 * - Gaps: by lag
 * - Source: TraJ (DIR-SD)
 */
export const stdTurningAngle = feature(
  {
    name: 'stdTurningAngle',
    section: 'increments',
    summary: 'Spread of the angle between consecutive steps.',
    formula: 'standard deviation of θ_i, ÷ (count − 1)',
    range: '≥ 0; undefined if there are fewer than two pairs',
    minLength: 4,
    dims: [2, 3],
    invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
    gaps: 'by lag',
    source: 'TraJ (DIR-SD)',
  },
  (context) => {
    const { angles, count } = turning(context);
    return Math.sqrt((moments(angles).m2 * count) / (count - 1));
  },
);
