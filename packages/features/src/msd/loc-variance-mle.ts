import { brownianMle } from '../derived/brownian-mle.ts';
import { feature } from '../feature.ts';

/**
 * Variance of the localisation error of greatest likelihood.
 *
 * - Formula: σ² of the same fit
 * - Range: ≥ 0; undefined on a constant track
 * - Points: at least 4, in 1D, 2D, 3D
 * - Invariances: R S2 V t0
 * - Gaps: by lag
 * - Source: Berglund 2010
 */
export const locVarianceMle = feature(
  {
    name: 'locVarianceMle',
    section: 'msd',
    summary: 'Variance of the localisation error of greatest likelihood.',
    formula: 'σ² of the same fit',
    range: '≥ 0; undefined on a constant track',
    minLength: 4,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 2, reversal: true, time: 0 },
    gaps: 'by lag',
    source: 'Berglund 2010',
  },
  (context) => brownianMle(context).noiseVariance,
);
