import { optimalFit } from '../derived/michalet.ts';
import { feature } from '../feature.ts';

/**
 * Number of lags that is best for the line through the MSD.
 *
 * - Formula: iteration of p = min(L_b, f·L_b/(f³ + L_b³)^⅓), f = 2 + 1.35x^0.6, x = intercept/slope, L_b = 0.8 + 0.564N
 * - Range: 2 … N − 1; undefined on a constant track
 * - Points: at least 4, in 1D, 2D, 3D
 * - Invariances: R S0 V t0
 * - Gaps: by lag
 * - Source: Michalet & Berglund 2012
 */
export const optimalLags = feature(
  {
    name: 'optimalLags',
    section: 'msd',
    summary: 'Number of lags that is best for the line through the MSD.',
    formula:
      'iteration of p = min(L_b, f·L_b/(f³ + L_b³)^⅓), f = 2 + 1.35x^0.6, x = intercept/slope, L_b = 0.8 + 0.564N',
    range: '2 … N − 1; undefined on a constant track',
    minLength: 4,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
    gaps: 'by lag',
    source: 'Michalet & Berglund 2012',
  },
  (context) => optimalFit(context).lags,
);
