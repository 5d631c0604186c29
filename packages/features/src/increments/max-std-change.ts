import { ZERO } from '../context.ts';
import { axisExtent } from '../derived/axis-extent.ts';
import { windowSpread } from '../derived/window-spread.ts';
import { feature } from '../feature.ts';

/**
 * Largest jump of the local spread.
 *
 * - Formula: max|σ_{t+1} − σ_t|/std(x) per axis, mean over axes, σ_t the std of 3 consecutive points
 * - Range: ≥ 0; undefined if std(x) ≤ 1e-12·max|x − x_1| on some axis
 * - Points: at least 5, in 1D, 2D, 3D
 * - Invariances: S0 V t0
 * - Gaps: undefined
 * - Source: Kowalek et al. 2022
 */
export const maxStdChange = feature(
  {
    name: 'maxStdChange',
    section: 'increments',
    summary: 'Largest jump of the local spread.',
    formula:
      'max|σ_{t+1} − σ_t|/std(x) per axis, mean over axes, σ_t the std of 3 consecutive points',
    range: '≥ 0; undefined if std(x) ≤ 1e-12·max|x − x_1| on some axis',
    minLength: 5,
    dims: [1, 2, 3],
    invariances: { rotation: false, scale: 0, reversal: true, time: 0 },
    gaps: 'undefined',
    source: 'Kowalek et al. 2022',
  },
  (context) => {
    let sum = 0;
    for (const axis of context.axes) {
      const [whole] = windowSpread(axis, axis.length);
      if (whole <= ZERO * axisExtent(axis)) return Number.NaN;
      const spread = windowSpread(axis, 3);
      let jump = 0;
      for (let t = 1; t < spread.length; t++) {
        const change = Math.abs(spread[t] - spread[t - 1]);
        if (change > jump) jump = change;
      }
      sum += jump / whole;
    }
    return sum / context.dim;
  },
);
