import { net } from '../derived/net.ts';
import { feature } from '../feature.ts';

/**
 * Distance from the first point to the last.
 *
 * - Formula: net = |x_N − x_1|, 0 if ≤ 1e-12·L
 * - Range: ≥ 0
 * - Points: at least 2, in 1D, 2D, 3D
 * - Invariances: R S1 V t0
 * - Gaps: positions
 * - Source: definition
 */
export const netDisplacement = feature(
  {
    name: 'netDisplacement',
    section: 'size',
    summary: 'Distance from the first point to the last.',
    formula: 'net = |x_N − x_1|, 0 if ≤ 1e-12·L',
    range: '≥ 0',
    minLength: 2,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 1, reversal: true, time: 0 },
    gaps: 'positions',
    source: 'definition',
  },
  (context) => net(context),
);
