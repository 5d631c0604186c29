import { moments } from '../derived/moments.ts';
import { steps } from '../derived/steps.ts';
import { feature } from '../feature.ts';

/** Relative spread of the step lengths. */
export const stepLengthCV = feature({
  name: 'stepLengthCV',
  section: 'size',
  meaning: 'Relative spread of the step lengths.',
  formula: 'std(s)/⟨s⟩, std ÷ count',
  range: '≥ 0; undefined if L = 0',
  minPoints: 2,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
  gaps: 'by lag',
  source: 'definition',
  compute: (context) => {
    const { mean, m2 } = moments(steps(context).lengths);
    return Math.sqrt(m2) / mean;
  },
});
