import { brownianMle } from '../derived/brownian-mle.ts';
import { feature } from '../feature.ts';

/**
 * Diffusion coefficient of greatest likelihood, with localisation noise.
 *
 * - Formula: greatest Gaussian likelihood of the steps: variance 2D·dt + 2σ², neighbours −σ²
 * - Range: ≥ 0; undefined on a constant track
 * - Points: at least 4, in 1D, 2D, 3D
 * - Invariances: R S2 V t−1
 * - Gaps: by lag
 * - Source: Berglund 2010
 */
export const diffusionMle = feature(
  {
    name: 'diffusionMle',
    section: 'msd',
    summary: 'Diffusion coefficient of greatest likelihood, with localisation noise.',
    formula: 'greatest Gaussian likelihood of the steps: variance 2D·dt + 2σ², neighbours −σ²',
    range: '≥ 0; undefined on a constant track',
    minLength: 4,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 2, reversal: true, time: -1 },
    gaps: 'by lag',
    source: 'Berglund 2010',
  },
  (context) => brownianMle(context).diffusion,
);
