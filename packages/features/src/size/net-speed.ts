import { net } from '../derived/net.ts';
import { feature } from '../feature.ts';

/** Net displacement per time. */
export const netSpeed = feature({
  name: 'netSpeed',
  section: 'size',
  meaning: 'Net displacement per time.',
  formula: 'net/T',
  range: '≥ 0',
  minPoints: 2,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 1, reversal: true, time: -1 },
  gaps: 'positions',
  source: 'definition',
  compute: (context) => net(context) / ((context.span - 1) * context.dt),
});
