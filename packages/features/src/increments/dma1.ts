import { detrendedSquare } from '../derived/detrended-square.ts';
import { feature } from '../feature.ts';

/**
 * Detrending moving average over 2 points. Equals m(1)/4.
 *
 * - Formula: ⟨|x_i − mean(x_{i−1} … x_i)|²⟩
 * - Range: ≥ 0
 * - Points: at least 2, in 1D, 2D, 3D
 * - Invariances: R S2 V t0
 * - Gaps: by lag
 * - Source: Balcerek et al. 2021; Kowalek et al. 2022
 */
export const dma1 = feature(
  {
    name: 'dma1',
    section: 'increments',
    summary: 'Detrending moving average over 2 points. Equals m(1)/4.',
    formula: '⟨|x_i − mean(x_{i−1} … x_i)|²⟩',
    range: '≥ 0',
    minLength: 2,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 2, reversal: true, time: 0 },
    gaps: 'by lag',
    source: 'Balcerek et al. 2021; Kowalek et al. 2022',
  },
  (context) => detrendedSquare(context, 1),
);
