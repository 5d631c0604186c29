import { logLogFit } from '../derived/default-fits.ts';
import { feature } from '../feature.ts';

/**
 * Anomalous exponent.
 *
 * - Formula: slope of the least-squares line of ln m(k) on ln(k·dt), k = 1 … K
 * - Range: about 0 to 2, not clamped; 2 on a line; undefined if some m(k) = 0
 * - Points: at least 3, in 1D, 2D, 3D
 * - Invariances: R S0 V t0
 * - Gaps: by lag
 * - Source: Wagner et al. 2017; andi_datasets
 */
export const alpha = feature(
  {
    name: 'alpha',
    section: 'msd',
    summary: 'Anomalous exponent.',
    formula: 'slope of the least-squares line of ln m(k) on ln(k·dt), k = 1 … K',
    range: 'about 0 to 2, not clamped; 2 on a line; undefined if some m(k) = 0',
    minLength: 3,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
    gaps: 'by lag',
    source: 'Wagner et al. 2017; andi_datasets',
  },
  (context) => logLogFit(context).slope,
);
