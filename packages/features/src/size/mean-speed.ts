import { steps } from '../derived/steps.ts';
import { feature } from '../feature.ts';

/** Mean step length per time. */
export const meanSpeed = feature({
  name: 'meanSpeed',
  section: 'size',
  meaning: 'Mean step length per time.',
  formula: 'L/T',
  range: '≥ 0',
  minPoints: 2,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 1, reversal: true, time: -1 },
  gaps: 'by lag',
  source: 'definition',
  compute: (context) => {
    const { total, count } = steps(context);
    return total / (count * context.dt);
  },
});
