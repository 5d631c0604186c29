import { feature } from '../feature.ts';

/** Time from the first point to the last. */
export const duration = feature({
  name: 'duration',
  section: 'size',
  meaning: 'Time from the first point to the last.',
  formula: 'T = (last frame − first frame)·dt',
  range: '≥ 0',
  minPoints: 1,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 0, reversal: true, time: 1 },
  gaps: 'positions',
  source: 'definition',
  compute: ({ span, dt }) => (span - 1) * dt,
});
