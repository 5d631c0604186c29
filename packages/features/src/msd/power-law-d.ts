import { powerLaw } from '../derived/power-law.ts';
import { feature } from '../feature.ts';

/**
 * Generalised diffusion coefficient of the power law nearest to the MSD.
 *
 * - Formula: A/(2d) of that fit
 * - Range: ≥ 0; undefined on a constant track
 * - Points: at least 8, in 1D, 2D, 3D
 * - Invariances: R S2 V t−α
 * - Gaps: by lag
 * - Source: Pinholt et al. 2021
 */
export const powerLawD = feature(
  {
    name: 'powerLawD',
    section: 'msd',
    summary: 'Generalised diffusion coefficient of the power law nearest to the MSD.',
    formula: 'A/(2d) of that fit',
    range: '≥ 0; undefined on a constant track',
    minLength: 8,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 2, reversal: true, time: '-alpha' },
    gaps: 'by lag',
    source: 'Pinholt et al. 2021',
  },
  (context) => powerLaw(context).amplitude / (2 * context.dim),
);
