import { lagProducts } from '../derived/lag-products.ts';
import { steps } from '../derived/steps.ts';
import { feature } from '../feature.ts';

/**
 * Variance of the localisation error from the covariance of neighbouring steps.
 *
 * - Formula: mean over axes of −⟨Δ_i Δ_{i+1}⟩
 * - Range: any, may be < 0
 * - Points: at least 3, in 1D, 2D, 3D
 * - Invariances: R S2 V t0
 * - Gaps: by lag
 * - Source: Vestergaard et al. 2014
 */
export const locVarianceCve = feature(
  {
    name: 'locVarianceCve',
    section: 'msd',
    summary: 'Variance of the localisation error from the covariance of neighbouring steps.',
    formula: 'mean over axes of −⟨Δ_i Δ_{i+1}⟩',
    range: 'any, may be < 0',
    minLength: 3,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 2, reversal: true, time: 0 },
    gaps: 'by lag',
    source: 'Vestergaard et al. 2014',
  },
  (context) => {
    const { sum, pairs } = lagProducts(steps(context), 1);
    return -sum / pairs / context.dim;
  },
);
