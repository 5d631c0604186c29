import { gyration } from '../derived/gyration.ts';
import { moments } from '../derived/moments.ts';
import { feature } from '../feature.ts';

/** Kurtosis of the points along the first principal axis. */
export const kurtosis = feature({
  name: 'kurtosis',
  section: 'gyration',
  meaning: 'Kurtosis of the points along the first principal axis.',
  formula: '⟨q⁴⟩/⟨q²⟩², q the projection on the first eigenvector',
  range: '≥ 1; Gaussian cloud 3, uniform line 1.8, circle 1.5; undefined on a constant track',
  minPoints: 2,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
  gaps: 'positions',
  source: 'Coscoy et al. 2007; Wagner et al. 2017',
  compute: (context) => {
    const { m2, m4 } = moments(gyration(context).projection);
    return m4 / (m2 * m2);
  },
});
