import { feature } from '../feature.ts';
import { boundedness } from './boundedness.ts';

/**
 * Probability that a free particle would have left the region visited.
 *
 * - Formula: 1 − 10^(0.2048 − 2.5117u), clamped to [0, 1], u = boundedness
 * - Range: [0, 1]; undefined on a constant track; the formula is for a disc, a heuristic in 1D and 3D
 * - Points: at least 3, in 1D, 2D, 3D
 * - Invariances: R S0 V t0
 * - Gaps: positions
 * - Source: Saxton 1993 (his log is log₁₀)
 */
export const trappedness = feature(
  {
    name: 'trappedness',
    section: 'confinement',
    summary: 'Probability that a free particle would have left the region visited.',
    formula: '1 − 10^(0.2048 − 2.5117u), clamped to [0, 1], u = boundedness',
    range:
      '[0, 1]; undefined on a constant track; the formula is for a disc, a heuristic in 1D and 3D',
    minLength: 3,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
    gaps: 'positions',
    source: 'Saxton 1993 (his log is log₁₀)',
  },
  (context) => Math.min(1, Math.max(0, 1 - 10 ** (0.2048 - 2.5117 * boundedness(context)))),
);
