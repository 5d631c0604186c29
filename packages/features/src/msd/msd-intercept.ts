import { linearMsdFit } from '../derived/default-fits.ts';
import { feature } from '../feature.ts';

/**
 * Intercept of the line through the MSD, about 2dσ² − 4dRD·dt.
 *
 * - Formula: intercept of the line of diffusionCoefficient
 * - Range: any, may be < 0
 * - Points: at least 3, in 1D, 2D, 3D
 * - Invariances: R S2 V t0
 * - Gaps: by lag
 * - Source: Michalet 2010
 */
export const msdIntercept = feature(
  {
    name: 'msdIntercept',
    section: 'msd',
    summary: 'Intercept of the line through the MSD, about 2dσ² − 4dRD·dt.',
    formula: 'intercept of the line of diffusionCoefficient',
    range: 'any, may be < 0',
    minLength: 3,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 2, reversal: true, time: 0 },
    gaps: 'by lag',
    source: 'Michalet 2010',
  },
  (context) => linearMsdFit(context).intercept,
);
