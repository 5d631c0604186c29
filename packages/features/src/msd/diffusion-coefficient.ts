import { linearMsdFit } from '../derived/default-fits.ts';
import { feature } from '../feature.ts';

/**
 * Diffusion coefficient from the line through the MSD.
 *
 * - Formula: slope of the least-squares line of m(k) on k·dt, k = 1 … K, /(2d)
 * - Range: any, may be ≤ 0
 * - Points: at least 3, in 1D, 2D, 3D
 * - Invariances: R S2 V t−1
 * - Gaps: by lag
 * - Source: Qian et al. 1991; andi_datasets
 */
export const diffusionCoefficient = feature(
  {
    name: 'diffusionCoefficient',
    section: 'msd',
    summary: 'Diffusion coefficient from the line through the MSD.',
    formula: 'slope of the least-squares line of m(k) on k·dt, k = 1 … K, /(2d)',
    range: 'any, may be ≤ 0',
    minLength: 3,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 2, reversal: true, time: -1 },
    gaps: 'by lag',
    source: 'Qian et al. 1991; andi_datasets',
  },
  (context) => linearMsdFit(context).slope / (2 * context.dim),
);
