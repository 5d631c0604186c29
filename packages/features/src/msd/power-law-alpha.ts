import { powerLaw } from '../derived/power-law.ts';
import { feature } from '../feature.ts';

/**
 * Exponent of the power law nearest to the MSD.
 *
 * - Formula: argmin_a Σ (m(k) − A(k·dt)^a)², k = 1 … ⌊N/2⌋ − 1, a ∈ [0, 4]
 * - Range: [0, 4]; undefined on a constant track
 * - Points: at least 8, in 1D, 2D, 3D
 * - Invariances: R S0 V t0
 * - Gaps: by lag
 * - Source: Pinholt et al. 2021
 */
export const powerLawAlpha = feature(
  {
    name: 'powerLawAlpha',
    section: 'msd',
    summary: 'Exponent of the power law nearest to the MSD.',
    formula: 'argmin_a Σ (m(k) − A(k·dt)^a)², k = 1 … ⌊N/2⌋ − 1, a ∈ [0, 4]',
    range: '[0, 4]; undefined on a constant track',
    minLength: 8,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
    gaps: 'by lag',
    source: 'Pinholt et al. 2021',
  },
  (context) => powerLaw(context).exponent,
);
