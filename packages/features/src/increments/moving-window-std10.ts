import { turnsStd } from '../derived/window-turns.ts';
import { feature } from '../feature.ts';

/**
 * How often the moving standard deviation over 10 points turns.
 *
 * - Formula: ½⟨|sgn(a_{t+1} − a_t) − sgn(a_t − a_{t−1})|⟩, a_t the std of 10 consecutive points, mean over axes
 * - Range: [0, 1]; differences up to 1e-12·max|x − x_1| count as 0
 * - Points: at least 12, in 1D, 2D, 3D
 * - Invariances: S0 V t0
 * - Gaps: undefined
 * - Source: Kowalek et al. 2022
 */
export const movingWindowStd10 = feature(
  {
    name: 'movingWindowStd10',
    section: 'increments',
    summary: 'How often the moving standard deviation over 10 points turns.',
    formula:
      '½⟨|sgn(a_{t+1} − a_t) − sgn(a_t − a_{t−1})|⟩, a_t the std of 10 consecutive points, mean over axes',
    range: '[0, 1]; differences up to 1e-12·max|x − x_1| count as 0',
    minLength: 12,
    dims: [1, 2, 3],
    invariances: { rotation: false, scale: 0, reversal: true, time: 0 },
    gaps: 'undefined',
    source: 'Kowalek et al. 2022',
  },
  (context) => turnsStd(context, 10),
);
