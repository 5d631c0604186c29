import { ZERO } from '../context.ts';
import { farthest } from '../derived/farthest.ts';
import { steps } from '../derived/steps.ts';
import { feature } from '../feature.ts';

/** Fractal dimension of the path. */
export const fractalDimension = feature({
  name: 'fractalDimension',
  section: 'shape',
  meaning: 'Fractal dimension of the path.',
  formula: 'ln n / ln(n·D_max/L)',
  range: '≥ 1; 1 on a line; undefined if the denominator is ≤ 1e-12 or L = 0',
  minPoints: 3,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
  gaps: 'undefined',
  source: 'Katz & George 1985',
  compute: (context) => {
    const { count, total } = steps(context);
    const denominator = Math.log((count * farthest(context)) / total);
    return denominator > ZERO ? Math.max(1, Math.log(count) / denominator) : Number.NaN;
  },
});
