import { steps } from '../derived/steps.ts';
import { feature } from '../feature.ts';

/** Mean length of the steps. */
export const meanStepLength = feature({
  name: 'meanStepLength',
  section: 'size',
  meaning: 'Mean length of the steps.',
  formula: '⟨s⟩ = L/n',
  range: '≥ 0',
  minPoints: 2,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 1, reversal: true, time: 0 },
  gaps: 'by lag',
  source: 'definition',
  compute: (context) => {
    const { total, count } = steps(context);
    return total / count;
  },
});
