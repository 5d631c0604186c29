import { steps } from '../derived/steps.ts';
import { feature } from '../feature.ts';

/**
 * Largest distance from the start, standardised: the statistic T_n of the MAX test.
 *
 * - Formula: max|x_i − x_1| / √(S2/d)
 * - Range: > 0; undefined if S2 = 0
 * - Points: at least 2, in 1D, 2D, 3D
 * - Invariances: R S0 t0
 * - Gaps: undefined
 * - Source: Briane et al. 2018
 */
export const standardizedMaxDistance = feature(
  {
    name: 'standardizedMaxDistance',
    section: 'shape',
    summary: 'Largest distance from the start, standardised: the statistic T_n of the MAX test.',
    formula: 'max|x_i − x_1| / √(S2/d)',
    range: '> 0; undefined if S2 = 0',
    minLength: 2,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 0, reversal: false, time: 0 },
    gaps: 'undefined',
    source: 'Briane et al. 2018',
  },
  (context) => context.extent / Math.sqrt(steps(context).squares / context.dim),
);
