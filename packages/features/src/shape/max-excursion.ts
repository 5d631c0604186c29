import { net } from '../derived/net.ts';
import { steps } from '../derived/steps.ts';
import { feature } from '../feature.ts';

/** Longest step against the net displacement. */
export const maxExcursion = feature({
  name: 'maxExcursion',
  section: 'shape',
  meaning: 'Longest step against the net displacement.',
  formula: 'max s_i / net',
  range: '> 0; undefined if net = 0',
  minPoints: 2,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
  gaps: 'undefined',
  source: 'pkowalek/ANDI-challenge; Kowalek et al. 2022',
  compute: (context) => steps(context).longest / net(context),
});
