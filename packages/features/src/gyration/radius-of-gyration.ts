import { gyration } from '../derived/gyration.ts';
import { feature } from '../feature.ts';

/** Spread of the points about their centroid. */
export const radiusOfGyration = feature({
  name: 'radiusOfGyration',
  section: 'gyration',
  meaning: 'Spread of the points about their centroid.',
  formula: '√Σλ, λ the eigenvalues of the gyration tensor',
  range: '≥ 0',
  minPoints: 2,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 1, reversal: true, time: 0 },
  gaps: 'positions',
  source: 'Saxton 1993',
  compute: (context) => Math.sqrt(gyration(context).trace),
});
