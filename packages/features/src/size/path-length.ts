import { steps } from '../derived/steps.ts';
import { feature } from '../feature.ts';

/**
 * Length of the path.
 *
 * - Formula: L = Σ|Δ_i|
 * - Range: ≥ 0
 * - Points: at least 2, in 1D, 2D, 3D
 * - Invariances: R S1 V t0
 * - Gaps: undefined
 * - Source: definition
 */
export const pathLength = feature(
  {
    name: 'pathLength',
    section: 'size',
    summary: 'Length of the path.',
    formula: 'L = Σ|Δ_i|',
    range: '≥ 0',
    minLength: 2,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 1, reversal: true, time: 0 },
    gaps: 'undefined',
    source: 'definition',
  },
  (context) => steps(context).total,
);
