import { feature } from '../feature.ts';
import { anisotropy } from './anisotropy.ts';

/**
 * Asymmetry of the path.
 *
 * - Formula: −ln(1 − κ²/2)
 * - Range: [0, ln 2]; undefined on a constant track
 * - Points: at least 2, in 2D, 3D
 * - Invariances: R S0 V t0
 * - Gaps: positions
 * - Source: Helmuth et al. 2007; Wagner et al. 2017 (asymmetry3 of TraJ)
 */
export const asymmetry = feature(
  {
    name: 'asymmetry',
    section: 'gyration',
    summary: 'Asymmetry of the path.',
    formula: '−ln(1 − κ²/2)',
    range: '[0, ln 2]; undefined on a constant track',
    minLength: 2,
    dims: [2, 3],
    invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
    gaps: 'positions',
    source: 'Helmuth et al. 2007; Wagner et al. 2017 (asymmetry3 of TraJ)',
  },
  (context) => -Math.log(1 - anisotropy(context) / 2),
);
