import { net } from '../derived/net.ts';
import { feature } from '../feature.ts';

/** Distance from the first point to the last. */
export const netDisplacement = feature({
  name: 'netDisplacement',
  section: 'size',
  meaning: 'Distance from the first point to the last.',
  formula: 'net = |x_N − x_1|, 0 if ≤ 1e-12·L',
  range: '≥ 0',
  minPoints: 2,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 1, reversal: true, time: 0 },
  gaps: 'positions',
  source: 'definition',
  compute: (context) => net(context),
});
