import { turnsMean } from '../derived/window-turns.ts';
import { feature } from '../feature.ts';

/**
 * How often the moving mean over 20 points turns.
 *
 * - Formula: ½⟨|sgn(a_{t+1} − a_t) − sgn(a_t − a_{t−1})|⟩, a_t the mean of 20 consecutive points, mean over axes
 * - Range: [0, 1]; differences up to 1e-12·max|x − x_1| count as 0
 * - Points: at least 22, in 1D, 2D, 3D
 * - Invariances: S0 V t0
 * - Gaps: undefined
 * - Source: Kowalek et al. 2022
 */
export const movingWindowMean20 = feature(
  {
    name: 'movingWindowMean20',
    section: 'increments',
    summary: 'How often the moving mean over 20 points turns.',
    formula:
      '½⟨|sgn(a_{t+1} − a_t) − sgn(a_t − a_{t−1})|⟩, a_t the mean of 20 consecutive points, mean over axes',
    range: '[0, 1]; differences up to 1e-12·max|x − x_1| count as 0',
    minLength: 22,
    dims: [1, 2, 3],
    invariances: { rotation: false, scale: 0, reversal: true, time: 0 },
    gaps: 'undefined',
    source: 'Kowalek et al. 2022',
  },
  (context) => turnsMean(context, 20),
);
