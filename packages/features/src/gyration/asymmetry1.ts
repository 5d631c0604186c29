import { gyration } from '../derived/gyration.ts';
import { inequality } from '../derived/inequality.ts';
import { feature } from '../feature.ts';

/**
 * Asymmetry of the squared eigenvalues.
 *
 * - Formula: κ² of the λ²; ((λ₁² − λ₂²)/(λ₁² + λ₂²))² in 2D
 * - Range: [0, 1]; undefined on a constant track
 * - Points: at least 2, in 2D, 3D
 * - Invariances: R S0 V t0
 * - Gaps: positions
 * - Source: Saxton 1993; TraJ
 */
export const asymmetry1 = feature(
  {
    name: 'asymmetry1',
    section: 'gyration',
    summary: 'Asymmetry of the squared eigenvalues.',
    formula: 'κ² of the λ²; ((λ₁² − λ₂²)/(λ₁² + λ₂²))² in 2D',
    range: '[0, 1]; undefined on a constant track',
    minLength: 2,
    dims: [2, 3],
    invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
    gaps: 'positions',
    source: 'Saxton 1993; TraJ',
  },
  (context) => {
    const { values } = gyration(context);
    return inequality(values.map((value) => (value / values[0]) ** 2));
  },
);
