import { gyration } from '../derived/gyration.ts';
import { moments } from '../derived/moments.ts';
import { feature } from '../feature.ts';

/**
 * Kurtosis of the points along the first principal axis.
 *
 * - Formula: ⟨q⁴⟩/⟨q²⟩², q the projection on the first eigenvector
 * - Range: ≥ 1; Gaussian cloud 3, uniform line 1.8, circle 1.5; undefined on a constant track
 * - Points: at least 2, in 1D, 2D, 3D
 * - Invariances: R S0 V t0
 * - Gaps: positions
 * - Source: Coscoy et al. 2007; Wagner et al. 2017
 */
export const kurtosis = feature(
  {
    name: 'kurtosis',
    section: 'gyration',
    summary: 'Kurtosis of the points along the first principal axis.',
    formula: '⟨q⁴⟩/⟨q²⟩², q the projection on the first eigenvector',
    range: '≥ 1; Gaussian cloud 3, uniform line 1.8, circle 1.5; undefined on a constant track',
    minLength: 2,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
    gaps: 'positions',
    source: 'Coscoy et al. 2007; Wagner et al. 2017',
  },
  (context) => {
    const { m2, m4 } = moments(gyration(context).projection);
    return m4 / (m2 * m2);
  },
);
