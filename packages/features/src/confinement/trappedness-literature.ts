import { feature } from '../feature.ts';
import { boundedness } from './boundedness.ts';

/**
 * Trappedness as most published code has it, to reproduce papers.
 *
 * - Formula: 1 − exp(0.2048 − 0.25117u), not clamped
 * - Range: ≤ 1; undefined on a constant track
 * - Points: at least 3, in 1D, 2D, 3D
 * - Invariances: R S0 V t0
 * - Gaps: positions
 * - Source: Kowalek et al. 2019; Pinholt et al. 2021; a transcription error of Saxton 1993
 */
export const trappednessLiterature = feature(
  {
    name: 'trappednessLiterature',
    section: 'confinement',
    summary: 'Trappedness as most published code has it, to reproduce papers.',
    formula: '1 − exp(0.2048 − 0.25117u), not clamped',
    range: '≤ 1; undefined on a constant track',
    minLength: 3,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
    gaps: 'positions',
    source: 'Kowalek et al. 2019; Pinholt et al. 2021; a transcription error of Saxton 1993',
  },
  (context) => 1 - Math.exp(0.2048 - 0.25117 * boundedness(context)),
);
