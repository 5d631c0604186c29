import { steps } from '../derived/steps.ts';
import { feature } from '../feature.ts';

/**
 * Mean step length per time.
 *
 * - Formula: L/T
 * - Range: ≥ 0
 * - Points: at least 2, in 1D, 2D, 3D
 * - Invariances: R S1 V t−1
 * - Gaps: by lag
 * - Source: definition
 */
export const meanSpeed = feature(
  {
    name: 'meanSpeed',
    section: 'size',
    summary: 'Mean step length per time.',
    formula: 'L/T',
    range: '≥ 0',
    minLength: 2,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 1, reversal: true, time: -1 },
    gaps: 'by lag',
    source: 'definition',
  },
  (context) => {
    const { total, count } = steps(context);
    return total / (count * context.dt);
  },
);
