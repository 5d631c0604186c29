import { detrendedSquare } from '../derived/detrended-square.ts';
import { feature } from '../feature.ts';

/**
 * Detrending moving average over 3 points.
 *
 * - Formula: ⟨|x_i − mean(x_{i−2} … x_i)|²⟩
 * - Range: ≥ 0
 * - Points: at least 3, in 1D, 2D, 3D
 * - Invariances: R S2 t0
 * - Gaps: by lag
 * - Source: Balcerek et al. 2021; Kowalek et al. 2022
 */
export const dma2 = feature(
  {
    name: 'dma2',
    section: 'increments',
    summary: 'Detrending moving average over 3 points.',
    formula: '⟨|x_i − mean(x_{i−2} … x_i)|²⟩',
    range: '≥ 0',
    minLength: 3,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 2, reversal: false, time: 0 },
    gaps: 'by lag',
    source: 'Balcerek et al. 2021; Kowalek et al. 2022',
  },
  (context) => detrendedSquare(context, 2),
);
