import { ZERO } from '../context.ts';
import { moments } from '../derived/moments.ts';
import { steps } from '../derived/steps.ts';
import { feature } from '../feature.ts';
import { chiSquareCdf } from '../numeric/chi-square-cdf.ts';

/** Distance of the standardised squared steps from the χ² distribution with d degrees of freedom. */
export const ksChi2 = feature({
  name: 'ksChi2',
  section: 'increments',
  meaning:
    'Distance of the standardised squared steps from the χ² distribution with d degrees of freedom.',
  formula: 'sup|ECDF(Q) − F_χ²|, Q_i = Σ_axes ((Δ_i − ⟨Δ⟩)/std)²',
  range: '[0, 1]; undefined if the std of the steps of some axis is ≤ 1e-12·(largest component)',
  minPoints: 6,
  dims: [1, 2, 3],
  invariances: { rotation: false, scale: 0, reversal: true, time: 0 },
  gaps: 'undefined',
  source: 'Kowalek et al. 2022',
  compute: (context) => {
    const { axes, count, largest } = steps(context);
    if (count < 5) return Number.NaN;
    const squares = new Float64Array(count);
    for (const axis of axes) {
      const { mean, m2 } = moments(axis);
      if (Math.sqrt(m2) <= ZERO * largest) return Number.NaN;
      for (let i = 0; i < count; i++) squares[i] += (axis[i] - mean) ** 2 / m2;
    }
    squares.sort();
    let distance = 0;
    for (let i = 0; i < count; i++) {
      const p = chiSquareCdf(squares[i], context.dim);
      distance = Math.max(distance, (i + 1) / count - p, p - i / count);
    }
    return distance;
  },
});
