import { lagProducts } from '../derived/lag-products.ts';
import { steps } from '../derived/steps.ts';
import { feature } from '../feature.ts';

/**
 * Diffusion coefficient from the covariance of neighbouring steps.
 *
 * - Formula: mean over axes of ⟨Δ²⟩/(2dt) + ⟨Δ_i Δ_{i+1}⟩/dt
 * - Range: any, may be < 0
 * - Points: at least 3, in 1D, 2D, 3D
 * - Invariances: R S2 V t−1
 * - Gaps: by lag
 * - Source: Vestergaard et al. 2014
 */
export const diffusionCve = feature(
  {
    name: 'diffusionCve',
    section: 'msd',
    summary: 'Diffusion coefficient from the covariance of neighbouring steps.',
    formula: 'mean over axes of ⟨Δ²⟩/(2dt) + ⟨Δ_i Δ_{i+1}⟩/dt',
    range: 'any, may be < 0',
    minLength: 3,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 2, reversal: true, time: -1 },
    gaps: 'by lag',
    source: 'Vestergaard et al. 2014',
  },
  (context) => {
    const { dim, dt } = context;
    const all = steps(context);
    const products = lagProducts(all, 1);
    return all.squares / all.count / (2 * dim * dt) + products.sum / products.pairs / (dim * dt);
  },
);
