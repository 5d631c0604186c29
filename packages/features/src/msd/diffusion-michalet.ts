import { optimalFit } from '../derived/michalet.ts';
import { feature } from '../feature.ts';

/**
 * Diffusion coefficient from the line through the number of lags that is best for it.
 *
 * - Formula: slope over k = 1 … optimalLags, /(2d·dt)
 * - Range: any; undefined on a constant track
 * - Points: at least 4, in 1D, 2D, 3D
 * - Invariances: R S2 V t−1
 * - Gaps: by lag
 * - Source: Michalet & Berglund 2012
 */
export const diffusionMichalet = feature(
  {
    name: 'diffusionMichalet',
    section: 'msd',
    summary: 'Diffusion coefficient from the line through the number of lags that is best for it.',
    formula: 'slope over k = 1 … optimalLags, /(2d·dt)',
    range: 'any; undefined on a constant track',
    minLength: 4,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 2, reversal: true, time: -1 },
    gaps: 'by lag',
    source: 'Michalet & Berglund 2012',
  },
  (context) => optimalFit(context).slope / (2 * context.dim * context.dt),
);
