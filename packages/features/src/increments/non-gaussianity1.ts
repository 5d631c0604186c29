import { nonGaussianParameter } from '../derived/non-gaussian-parameter.ts';
import { feature } from '../feature.ts';

/**
 * Departure of the steps from a Gaussian.
 *
 * - Formula: d⟨|Δ|⁴⟩/((d + 2)⟨|Δ|²⟩²) − 1
 * - Range: ≥ d/(d + 2) − 1; 0 for isotropic Gaussian steps; undefined if S2 = 0
 * - Points: at least 2, in 1D, 2D, 3D
 * - Invariances: R S0 V t0
 * - Gaps: by lag
 * - Source: Rahman 1964; Ernst et al. 2014
 */
export const nonGaussianity1 = feature(
  {
    name: 'nonGaussianity1',
    section: 'increments',
    summary: 'Departure of the steps from a Gaussian.',
    formula: 'd⟨|Δ|⁴⟩/((d + 2)⟨|Δ|²⟩²) − 1',
    range: '≥ d/(d + 2) − 1; 0 for isotropic Gaussian steps; undefined if S2 = 0',
    minLength: 2,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
    gaps: 'by lag',
    source: 'Rahman 1964; Ernst et al. 2014',
  },
  (context) => nonGaussianParameter(context, 1),
);
