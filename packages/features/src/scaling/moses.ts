import { chenExponents } from '../derived/chen-exponents.ts';
import { feature } from '../feature.ts';

/**
 * Ageing of the steps.
 *
 * - Formula: slope of ln median Σ|δ| on ln t, − ½, mean over axes
 * - Range: any; ½ for stationary steps; undefined if a median is 0 or no block varies (all three together)
 * - Points: at least 25, in 1D, 2D, 3D
 * - Invariances: S0 t0
 * - Gaps: undefined
 * - Source: Chen et al. 2017; Aghion et al. 2021; Kowalek et al. 2022
 */
export const moses = feature(
  {
    name: 'moses',
    section: 'scaling',
    summary: 'Ageing of the steps.',
    formula: 'slope of ln median Σ|δ| on ln t, − ½, mean over axes',
    range:
      'any; ½ for stationary steps; undefined if a median is 0 or no block varies (all three together)',
    minLength: 25,
    dims: [1, 2, 3],
    invariances: { rotation: false, scale: 0, reversal: false, time: 0 },
    gaps: 'undefined',
    source: 'Chen et al. 2017; Aghion et al. 2021; Kowalek et al. 2022',
  },
  (context) => chenExponents(context).moses,
);
