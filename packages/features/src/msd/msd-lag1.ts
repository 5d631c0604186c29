import { steps } from '../derived/steps.ts';
import { feature } from '../feature.ts';

/** Mean squared displacement over one frame. */
export const msdLag1 = feature({
  name: 'msdLag1',
  section: 'msd',
  meaning: 'Mean squared displacement over one frame.',
  formula: 'm(1) = ⟨|Δ_i|²⟩',
  range: '≥ 0',
  minPoints: 2,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 2, reversal: true, time: 0 },
  gaps: 'by lag',
  source: 'definition',
  compute: (context) => {
    const { squares, count } = steps(context);
    return squares / count;
  },
});
