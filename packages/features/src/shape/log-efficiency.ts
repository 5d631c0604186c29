import { feature } from '../feature.ts';
import { efficiency } from './efficiency.ts';

/**
 * Logarithm of the efficiency.
 *
 * - Formula: ln efficiency
 * - Range: ≤ 0; undefined if the efficiency is 0
 * - Points: at least 2, in 1D, 2D, 3D
 * - Invariances: R S0 V t0
 * - Gaps: undefined
 * - Source: Pinholt et al. 2021
 */
export const logEfficiency = feature(
  {
    name: 'logEfficiency',
    section: 'shape',
    summary: 'Logarithm of the efficiency.',
    formula: 'ln efficiency',
    range: '≤ 0; undefined if the efficiency is 0',
    minLength: 2,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
    gaps: 'undefined',
    source: 'Pinholt et al. 2021',
  },
  (context) => Math.log(efficiency(context)),
);
