import { mean } from '../derived/mean.ts';
import { turning } from '../derived/turning.ts';
import { feature } from '../feature.ts';

/**
 * Mean angle between consecutive steps.
 *
 * - Formula: ⟨θ_i⟩ over pairs of non-zero steps, θ ∈ [0, π]
 * - Range: [0, π]; undefined if there is no such pair
 * - Points: at least 3, in 2D, 3D
 * - Invariances: R S0 V t0
 * - Gaps: by lag
 * - Source: definition; TraJ
 */
export const meanTurningAngle = feature(
  {
    name: 'meanTurningAngle',
    section: 'increments',
    summary: 'Mean angle between consecutive steps.',
    formula: '⟨θ_i⟩ over pairs of non-zero steps, θ ∈ [0, π]',
    range: '[0, π]; undefined if there is no such pair',
    minLength: 3,
    dims: [2, 3],
    invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
    gaps: 'by lag',
    source: 'definition; TraJ',
  },
  (context) => mean(turning(context).angles),
);
