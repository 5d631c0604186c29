import { steps } from '../derived/steps.ts';
import { feature } from '../feature.ts';

/**
 * Mean length of the steps.
 *
 * - Formula: ⟨s⟩ = L/n
 * - Range: ≥ 0
 * - Points: at least 2, in 1D, 2D, 3D
 * - Invariances: R S1 V t0
 * - Gaps: by lag
 * - Source: definition
 */
export const meanStepLength = feature(
  {
    name: 'meanStepLength',
    section: 'size',
    summary: 'Mean length of the steps.',
    formula: '⟨s⟩ = L/n',
    range: '≥ 0',
    minLength: 2,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 1, reversal: true, time: 0 },
    gaps: 'by lag',
    source: 'definition',
  },
  (context) => {
    const { total, count } = steps(context);
    return total / count;
  },
);
