import { mean } from '../derived/mean.ts';
import { turning } from '../derived/turning.ts';
import { feature } from '../feature.ts';

/**
 * Mean cosine of the angle between consecutive steps.
 *
 * - Formula: ⟨cos θ_i⟩ over pairs of non-zero steps
 * - Range: [−1, 1]; undefined if there is no such pair
 * - Points: at least 3, in 2D, 3D
 * - Invariances: R S0 V t0
 * - Gaps: by lag
 * - Source: definition; TraJ
 */
export const meanCosTurningAngle = feature(
  {
    name: 'meanCosTurningAngle',
    section: 'increments',
    summary: 'Mean cosine of the angle between consecutive steps.',
    formula: '⟨cos θ_i⟩ over pairs of non-zero steps',
    range: '[−1, 1]; undefined if there is no such pair',
    minLength: 3,
    dims: [2, 3],
    invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
    gaps: 'by lag',
    source: 'definition; TraJ',
  },
  (context) => mean(turning(context).cosines),
);
