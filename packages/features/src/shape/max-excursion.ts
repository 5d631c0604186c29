import { net } from '../derived/net.ts';
import { steps } from '../derived/steps.ts';
import { feature } from '../feature.ts';

/**
 * Longest step against the net displacement.
 *
 * - Formula: max s_i / net
 * - Range: > 0; undefined if net = 0
 * - Points: at least 2, in 1D, 2D, 3D
 * - Invariances: R S0 V t0
 * - Gaps: undefined
 * - Source: pkowalek/ANDI-challenge; Kowalek et al. 2022
 */
export const maxExcursion = feature(
  {
    name: 'maxExcursion',
    section: 'shape',
    summary: 'Longest step against the net displacement.',
    formula: 'max s_i / net',
    range: '> 0; undefined if net = 0',
    minLength: 2,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
    gaps: 'undefined',
    source: 'pkowalek/ANDI-challenge; Kowalek et al. 2022',
  },
  (context) => steps(context).longest / net(context),
);
