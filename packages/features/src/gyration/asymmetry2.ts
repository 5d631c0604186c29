import { gyration } from '../derived/gyration.ts';
import { feature } from '../feature.ts';

/**
 * Smallest eigenvalue against the largest.
 *
 * - Formula: λ_d/λ₁
 * - Range: [0, 1]; line 0; undefined on a constant track
 * - Points: at least 2, in 2D, 3D
 * - Invariances: R S0 V t0
 * - Gaps: positions
 * - Source: Saxton 1993; TraJ
 */
export const asymmetry2 = feature(
  {
    name: 'asymmetry2',
    section: 'gyration',
    summary: 'Smallest eigenvalue against the largest.',
    formula: 'λ_d/λ₁',
    range: '[0, 1]; line 0; undefined on a constant track',
    minLength: 2,
    dims: [2, 3],
    invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
    gaps: 'positions',
    source: 'Saxton 1993; TraJ',
  },
  (context) => {
    const { values } = gyration(context);
    return values[context.dim - 1] / values[0];
  },
);
