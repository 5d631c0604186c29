import { chenExponents } from '../derived/chen-exponents.ts';
import { feature } from '../feature.ts';

/**
 * Correlation of the steps.
 *
 * - Formula: slope of ln⟨R/S⟩ on ln t over blocks of t steps, mean over axes
 * - Range: about 0 to 1; ½ without correlation, biased up on short tracks; undefined if a median is 0 or no block varies (all three together)
 * - Points: at least 25, in 1D, 2D, 3D
 * - Invariances: S0 t0
 * - Gaps: undefined
 * - Source: Chen et al. 2017; Aghion et al. 2021; Kowalek et al. 2022
 */
export const joseph = feature(
  {
    name: 'joseph',
    section: 'scaling',
    summary: 'Correlation of the steps.',
    formula: 'slope of ln⟨R/S⟩ on ln t over blocks of t steps, mean over axes',
    range:
      'about 0 to 1; ½ without correlation, biased up on short tracks; undefined if a median is 0 or no block varies (all three together)',
    minLength: 25,
    dims: [1, 2, 3],
    invariances: { rotation: false, scale: 0, reversal: false, time: 0 },
    gaps: 'undefined',
    source: 'Chen et al. 2017; Aghion et al. 2021; Kowalek et al. 2022',
  },
  (context) => chenExponents(context).joseph,
);
