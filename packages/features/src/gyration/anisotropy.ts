import { gyration } from '../derived/gyration.ts';
import { inequality } from '../derived/inequality.ts';
import { feature } from '../feature.ts';

/**
 * How unequal the axes of the gyration tensor are.
 *
 * - Formula: κ² = Σ_{i<j}(λ_i − λ_j)²/((d − 1)(Σλ)²)
 * - Range: [0, 1]; circle 0, line 1; undefined on a constant track
 * - Points: at least 2, in 2D, 3D
 * - Invariances: R S0 V t0
 * - Gaps: positions
 * - Source: Rudnick & Gaspari 1987
 */
export const anisotropy = feature(
  {
    name: 'anisotropy',
    section: 'gyration',
    summary: 'How unequal the axes of the gyration tensor are.',
    formula: 'κ² = Σ_{i<j}(λ_i − λ_j)²/((d − 1)(Σλ)²)',
    range: '[0, 1]; circle 0, line 1; undefined on a constant track',
    minLength: 2,
    dims: [2, 3],
    invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
    gaps: 'positions',
    source: 'Rudnick & Gaspari 1987',
  },
  (context) => inequality(gyration(context).values),
);
