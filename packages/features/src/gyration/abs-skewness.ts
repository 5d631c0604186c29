import { gyration } from '../derived/gyration.ts';
import { moments } from '../derived/moments.ts';
import { feature } from '../feature.ts';

/** Skewness of the points along the first principal axis, without its arbitrary sign. */
export const absSkewness = feature({
  name: 'absSkewness',
  section: 'gyration',
  meaning: 'Skewness of the points along the first principal axis, without its arbitrary sign.',
  formula: '|⟨q³⟩|/⟨q²⟩^1.5',
  range: '≥ 0; undefined on a constant track',
  minPoints: 2,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
  gaps: 'positions',
  source: 'TraJ',
  compute: (context) => {
    const { m2, m3 } = moments(gyration(context).projection);
    return Math.abs(m3) / m2 ** 1.5;
  },
});
