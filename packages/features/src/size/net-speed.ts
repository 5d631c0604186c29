import { net } from '../derived/net.ts';
import { feature } from '../feature.ts';

/**
 * Net displacement per time.
 *
 * - Formula: net/T
 * - Range: ≥ 0
 * - Points: at least 2, in 1D, 2D, 3D
 * - Invariances: R S1 V t−1
 * - Gaps: positions
 * - Source: definition
 */
export const netSpeed = feature(
  {
    name: 'netSpeed',
    section: 'size',
    summary: 'Net displacement per time.',
    formula: 'net/T',
    range: '≥ 0',
    minLength: 2,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 1, reversal: true, time: -1 },
    gaps: 'positions',
    source: 'definition',
  },
  (context) => net(context) / ((context.span - 1) * context.dt),
);
