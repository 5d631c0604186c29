import { steps } from '../derived/steps.ts';
import { feature } from '../feature.ts';

/** Length of the path. */
export const pathLength = feature({
  name: 'pathLength',
  section: 'size',
  meaning: 'Length of the path.',
  formula: 'L = Σ|Δ_i|',
  range: '≥ 0',
  minPoints: 2,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 1, reversal: true, time: 0 },
  gaps: 'undefined',
  source: 'definition',
  compute: (context) => steps(context).total,
});
