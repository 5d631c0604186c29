import { farthest } from '../derived/farthest.ts';
import { feature } from '../feature.ts';

/** Largest distance between two points. */
export const maxPairDistance = feature({
  name: 'maxPairDistance',
  section: 'size',
  meaning: 'Largest distance between two points.',
  formula: 'D_max = max |x_i − x_j|',
  range: '≥ 0',
  minPoints: 2,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 1, reversal: true, time: 0 },
  gaps: 'positions',
  source: 'Saxton 1993; Wagner et al. 2017',
  compute: (context) => farthest(context),
});
