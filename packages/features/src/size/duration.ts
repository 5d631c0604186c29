import { feature } from '../feature.ts';

/**
 * Time from the first point to the last.
 *
 * - Formula: T = (last frame − first frame)·dt
 * - Range: ≥ 0
 * - Points: at least 1, in 1D, 2D, 3D
 * - Invariances: R S0 V t1
 * - Gaps: positions
 * - Source: definition
 */
export const duration = feature(
  {
    name: 'duration',
    section: 'size',
    summary: 'Time from the first point to the last.',
    formula: 'T = (last frame − first frame)·dt',
    range: '≥ 0',
    minLength: 1,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 0, reversal: true, time: 1 },
    gaps: 'positions',
    source: 'definition',
  },
  ({ span, dt }) => (span - 1) * dt,
);
