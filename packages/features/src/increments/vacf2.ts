import { velocityCorrelation } from '../derived/velocity-correlation.ts';
import { feature } from '../feature.ts';

/**
 * Velocity autocorrelation at lag 2, normalised by lag 0.
 *
 * - Formula: ⟨Δ_i·Δ_{i+2}⟩/⟨|Δ|²⟩
 * - Range: any, in expectation [−1, 1]; undefined if S2 = 0
 * - Points: at least 4, in 1D, 2D, 3D
 * - Invariances: R S0 V t0
 * - Gaps: by lag
 * - Source: Weber et al. 2010; Kowalek et al. 2022
 */
export const vacf2 = feature(
  {
    name: 'vacf2',
    section: 'increments',
    summary: 'Velocity autocorrelation at lag 2, normalised by lag 0.',
    formula: '⟨Δ_i·Δ_{i+2}⟩/⟨|Δ|²⟩',
    range: 'any, in expectation [−1, 1]; undefined if S2 = 0',
    minLength: 4,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
    gaps: 'by lag',
    source: 'Weber et al. 2010; Kowalek et al. 2022',
  },
  (context) => velocityCorrelation(context, 2),
);
