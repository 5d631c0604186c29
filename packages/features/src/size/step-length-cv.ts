import { moments } from '../derived/moments.ts';
import { steps } from '../derived/steps.ts';
import { feature } from '../feature.ts';

/**
 * Relative spread of the step lengths.
 *
 * - Formula: std(s)/⟨s⟩, std ÷ count
 * - Range: ≥ 0; undefined if L = 0
 * - Points: at least 2, in 1D, 2D, 3D
 * - Invariances: R S0 V t0
 * - Gaps: by lag
 * - Source: definition
 */
export const stepLengthCV = feature(
  {
    name: 'stepLengthCV',
    section: 'size',
    summary: 'Relative spread of the step lengths.',
    formula: 'std(s)/⟨s⟩, std ÷ count',
    range: '≥ 0; undefined if L = 0',
    minLength: 2,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
    gaps: 'by lag',
    source: 'definition',
  },
  (context) => {
    const { mean, m2 } = moments(steps(context).lengths);
    return Math.sqrt(m2) / mean;
  },
);
