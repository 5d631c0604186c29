import { gyration } from '../derived/gyration.ts';
import { feature } from '../feature.ts';

/**
 * Spread of the points about their centroid.
 *
 * - Formula: √Σλ, λ the eigenvalues of the gyration tensor
 * - Range: ≥ 0
 * - Points: at least 2, in 1D, 2D, 3D
 * - Invariances: R S1 V t0
 * - Gaps: positions
 * - Source: Saxton 1993
 */
export const radiusOfGyration = feature(
  {
    name: 'radiusOfGyration',
    section: 'gyration',
    summary: 'Spread of the points about their centroid.',
    formula: '√Σλ, λ the eigenvalues of the gyration tensor',
    range: '≥ 0',
    minLength: 2,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 1, reversal: true, time: 0 },
    gaps: 'positions',
    source: 'Saxton 1993',
  },
  (context) => Math.sqrt(gyration(context).trace),
);
