import { ZERO } from '../context.ts';
import { axisExtent } from '../derived/axis-extent.ts';
import { windowSpread } from '../derived/window-spread.ts';
import { feature } from '../feature.ts';

/** Largest against smallest local spread. */
export const maxStdRatio = feature({
  name: 'maxStdRatio',
  section: 'increments',
  meaning: 'Largest against smallest local spread.',
  formula: 'max σ_t / min σ_t per axis, mean over axes, σ_t the std of 3 consecutive points',
  range: '≥ 1; undefined if min σ ≤ 1e-12·max|x − x_1| on some axis',
  minPoints: 5,
  dims: [1, 2, 3],
  invariances: { rotation: false, scale: 0, reversal: true, time: 0 },
  gaps: 'undefined',
  source: 'Kowalek et al. 2022',
  compute: (context) => {
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
});

/** Largest jump of the local spread. */
export const maxStdChange = feature({
  name: 'maxStdChange',
  section: 'increments',
  meaning: 'Largest jump of the local spread.',
  formula:
    'max|σ_{t+1} − σ_t|/std(x) per axis, mean over axes, σ_t the std of 3 consecutive points',
  range: '≥ 0; undefined if std(x) ≤ 1e-12·max|x − x_1| on some axis',
  minPoints: 5,
  dims: [1, 2, 3],
  invariances: { rotation: false, scale: 0, reversal: true, time: 0 },
  gaps: 'undefined',
  source: 'Kowalek et al. 2022',
  compute: (context) => {
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
});
