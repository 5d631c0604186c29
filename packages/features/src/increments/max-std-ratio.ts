import { ZERO } from '../context.ts';
import { axisExtent } from '../derived/axis-extent.ts';
import { windowSpread } from '../derived/window-spread.ts';
import { feature } from '../feature.ts';

/**
 * Largest against smallest local spread.
 *
 * - Formula: max σ_t / min σ_t per axis, mean over axes, σ_t the std of 3 consecutive points
 * - Range: ≥ 1; undefined if min σ ≤ 1e-12·max|x − x_1| on some axis
 * - Points: at least 5, in 1D, 2D, 3D
 * - Invariances: S0 V t0
 * - Gaps: undefined
 * - Source: Kowalek et al. 2022
 */
export const maxStdRatio = feature(
  {
    name: 'maxStdRatio',
    section: 'increments',
    summary: 'Largest against smallest local spread.',
    formula: 'max σ_t / min σ_t per axis, mean over axes, σ_t the std of 3 consecutive points',
    range: '≥ 1; undefined if min σ ≤ 1e-12·max|x − x_1| on some axis',
    minLength: 5,
    dims: [1, 2, 3],
    invariances: { rotation: false, scale: 0, reversal: true, time: 0 },
    gaps: 'undefined',
    source: 'Kowalek et al. 2022',
  },
  (context) => {
    let sum = 0;
    for (const axis of context.axes) {
      const spread = windowSpread(axis, 3);
      let low = Number.POSITIVE_INFINITY;
      let high = 0;
      for (const value of spread) {
        if (value < low) low = value;
        if (value > high) high = value;
      }
      if (low <= ZERO * axisExtent(axis)) return Number.NaN;
      sum += high / low;
    }
    return sum / context.dim;
  },
);
