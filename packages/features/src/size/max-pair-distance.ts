import { farthest } from '../derived/farthest.ts';
import { feature } from '../feature.ts';

/**
 * Largest distance between two points.
 *
 * - Formula: D_max = max |x_i − x_j|
 * - Range: ≥ 0
 * - Points: at least 2, in 1D, 2D, 3D
 * - Invariances: R S1 V t0
 * - Gaps: positions
 * - Source: Saxton 1993; Wagner et al. 2017
 */
export const maxPairDistance = feature(
  {
    name: 'maxPairDistance',
    section: 'size',
    summary: 'Largest distance between two points.',
    formula: 'D_max = max |x_i − x_j|',
    range: '≥ 0',
    minLength: 2,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 1, reversal: true, time: 0 },
    gaps: 'positions',
    source: 'Saxton 1993; Wagner et al. 2017',
  },
  (context) => farthest(context),
);
