import { feature } from '../feature.ts';

/**
 * Number of points.
 *
 * - Formula: N
 * - Range: ≥ 1
 * - Points: at least 1, in 1D, 2D, 3D
 * - Invariances: R S0 V t0
 * - Gaps: positions
 * - Source: definition
 */
export const numPoints = feature(
  {
    name: 'numPoints',
    section: 'size',
    summary: 'Number of points.',
    formula: 'N',
    range: '≥ 1',
    minLength: 1,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
    gaps: 'positions',
    source: 'definition',
  },
  ({ length }) => length,
);
