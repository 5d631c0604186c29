import { logLogFit } from '../derived/default-fits.ts';
import { feature } from '../feature.ts';

/**
 * Generalised diffusion coefficient of the fit of alpha.
 *
 * - Formula: exp(intercept of that line)/(2d)
 * - Range: > 0; undefined if some m(k) = 0
 * - Points: at least 3, in 1D, 2D, 3D
 * - Invariances: R S2 V t−α
 * - Gaps: by lag
 * - Source: Kowalek et al. 2019
 */
export const generalizedDiffusion = feature(
  {
    name: 'generalizedDiffusion',
    section: 'msd',
    summary: 'Generalised diffusion coefficient of the fit of alpha.',
    formula: 'exp(intercept of that line)/(2d)',
    range: '> 0; undefined if some m(k) = 0',
    minLength: 3,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 2, reversal: true, time: '-alpha' },
    gaps: 'by lag',
    source: 'Kowalek et al. 2019',
  },
  (context) => Math.exp(logLogFit(context).intercept) / (2 * context.dim),
);
