import { pVariationSlopes } from '../derived/p-variations.ts';
import { feature } from '../feature.ts';

/**
 * Scaling exponent of the 5-variation.
 *
 * - Formula: slope of ln V(m) on ln m, V(m) = Σ_j |x_{(j+1)m} − x_{jm}|^5 over whole blocks from x_1, m = 1 … max(5, ⌊N/100⌋)
 * - Range: any; 5H − 1 for fractional Brownian motion; undefined if some V(m) = 0
 * - Points: at least 7, in 1D, 2D, 3D
 * - Invariances: R S0 t0
 * - Gaps: undefined
 * - Source: Magdziarz et al. 2009; pkowalek/ANDI-challenge
 */
export const pVariation5 = feature(
  {
    name: 'pVariation5',
    section: 'increments',
    summary: 'Scaling exponent of the 5-variation.',
    formula:
      'slope of ln V(m) on ln m, V(m) = Σ_j |x_{(j+1)m} − x_{jm}|^5 over whole blocks from x_1, m = 1 … max(5, ⌊N/100⌋)',
    range: 'any; 5H − 1 for fractional Brownian motion; undefined if some V(m) = 0',
    minLength: 7,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 0, reversal: false, time: 0 },
    gaps: 'undefined',
    source: 'Magdziarz et al. 2009; pkowalek/ANDI-challenge',
  },
  (context) => pVariationSlopes(context)[4],
);
