import { feature } from '../feature.ts';

/** Number of points. */
export const numPoints = feature({
  name: 'numPoints',
  section: 'size',
  meaning: 'Number of points.',
  formula: 'N',
  range: '≥ 1',
  minPoints: 1,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
  gaps: 'positions',
  source: 'definition',
  compute: ({ length }) => length,
});
