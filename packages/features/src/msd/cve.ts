import { lagProducts } from '../derived/lag-products.ts';
import { steps } from '../derived/steps.ts';
import { feature } from '../feature.ts';

/** Diffusion coefficient from the covariance of neighbouring steps. */
export const diffusionCve = feature({
  name: 'diffusionCve',
  section: 'msd',
  meaning: 'Diffusion coefficient from the covariance of neighbouring steps.',
  formula: 'mean over axes of ⟨Δ²⟩/(2dt) + ⟨Δ_i Δ_{i+1}⟩/dt',
  range: 'any, may be < 0',
  minPoints: 3,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 2, reversal: true, time: -1 },
  gaps: 'by lag',
  source: 'Vestergaard et al. 2014',
  compute: (context) => {
    const { dim, dt } = context;
    const all = steps(context);
    const products = lagProducts(all, 1);
    return all.squares / all.count / (2 * dim * dt) + products.sum / products.pairs / (dim * dt);
  },
});

/** Variance of the localisation error from the covariance of neighbouring steps. */
export const locVarianceCve = feature({
  name: 'locVarianceCve',
  section: 'msd',
  meaning: 'Variance of the localisation error from the covariance of neighbouring steps.',
  formula: 'mean over axes of −⟨Δ_i Δ_{i+1}⟩',
  range: 'any, may be < 0',
  minPoints: 3,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 2, reversal: true, time: 0 },
  gaps: 'by lag',
  source: 'Vestergaard et al. 2014',
  compute: (context) => {
    const { sum, pairs } = lagProducts(steps(context), 1);
    return -sum / pairs / context.dim;
  },
});
