import { steps } from '../derived/steps.ts';
import { feature } from '../feature.ts';

/** Largest distance from the start, standardised: the statistic T_n of the MAX test. */
export const standardizedMaxDistance = feature({
  name: 'standardizedMaxDistance',
  section: 'shape',
  meaning: 'Largest distance from the start, standardised: the statistic T_n of the MAX test.',
  formula: 'max|x_i − x_1| / √(S2/d)',
  range: '> 0; undefined if S2 = 0',
  minPoints: 2,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 0, reversal: false, time: 0 },
  gaps: 'undefined',
  source: 'Briane et al. 2018',
  compute: (context) => context.extent / Math.sqrt(steps(context).squares / context.dim),
});
