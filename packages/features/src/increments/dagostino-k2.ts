import { ZERO } from '../context.ts';
import { moments } from '../derived/moments.ts';
import { steps } from '../derived/steps.ts';
import { feature } from '../feature.ts';
import { omnibus } from '../numeric/omnibus.ts';

/** D'Agostino–Pearson statistic of the step components: 0 when skewness and kurtosis are Gaussian. */
export const dagostinoK2 = feature({
  name: 'dagostinoK2',
  section: 'increments',
  meaning:
    "D'Agostino–Pearson statistic of the step components: 0 when skewness and kurtosis are Gaussian.",
  formula: 'Z₁² + Z₂² of skewness and kurtosis per axis, mean over axes',
  range: '≥ 0; undefined if the std of the steps of some axis is ≤ 1e-12·(largest component)',
  minPoints: 9,
  dims: [1, 2, 3],
  invariances: { rotation: false, scale: 0, reversal: true, time: 0 },
  gaps: 'undefined',
  source: "D'Agostino & Pearson 1973; scipy.stats.normaltest",
  compute: (context) => {
    const { axes, count, largest } = steps(context);
    if (count < 8) return Number.NaN;
    let sum = 0;
    for (const axis of axes) {
      const { m2, m3, m4 } = moments(axis);
      const spread = Math.sqrt(m2);
      if (spread <= ZERO * largest) return Number.NaN;
      sum += omnibus(m3 / (m2 * spread), m4 / (m2 * m2), count);
    }
    return sum / context.dim;
  },
});
