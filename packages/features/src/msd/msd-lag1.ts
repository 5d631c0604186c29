import { steps } from '../derived/steps.ts';
import { feature } from '../feature.ts';

/**
 * Mean squared displacement over one frame.
 *
 * - Formula: m(1) = ⟨|Δ_i|²⟩
 * - Range: ≥ 0
 * - Points: at least 2, in 1D, 2D, 3D
 * - Invariances: R S2 V t0
 * - Gaps: by lag
 * - Source: definition
 */
export const msdLag1 = feature(
  {
    name: 'msdLag1',
    section: 'msd',
    summary: 'Mean squared displacement over one frame.',
    formula: 'm(1) = ⟨|Δ_i|²⟩',
    range: '≥ 0',
    minLength: 2,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 2, reversal: true, time: 0 },
    gaps: 'by lag',
    source: 'definition',
  },
  (context) => {
    const { squares, count } = steps(context);
    return squares / count;
  },
);
