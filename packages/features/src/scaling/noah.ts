import { chenExponents } from '../derived/chen-exponents.ts';
import { feature } from '../feature.ts';

/**
 * Fat tails of the steps.
 *
 * - Formula: (slope of ln median Σδ² on ln t − 2·moses + 1)/2, mean over axes
 * - Range: any; ½ with finite variance; undefined if a median is 0 or no block varies (all three together)
 * - Points: at least 25, in 1D, 2D, 3D
 * - Invariances: S0 t0
 * - Gaps: undefined
 * - Source: Chen et al. 2017; Aghion et al. 2021; Kowalek et al. 2022
 */
export const noah = feature(
  {
    name: 'noah',
    section: 'scaling',
    summary: 'Fat tails of the steps.',
    formula: '(slope of ln median Σδ² on ln t − 2·moses + 1)/2, mean over axes',
    range:
      'any; ½ with finite variance; undefined if a median is 0 or no block varies (all three together)',
    minLength: 25,
    dims: [1, 2, 3],
    invariances: { rotation: false, scale: 0, reversal: false, time: 0 },
    gaps: 'undefined',
    source: 'Chen et al. 2017; Aghion et al. 2021; Kowalek et al. 2022',
  },
  (context) => chenExponents(context).noah,
);
