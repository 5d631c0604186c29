import { net } from '../derived/net.ts';
import { steps } from '../derived/steps.ts';
import { feature } from '../feature.ts';

/**
 * Squared net displacement against the most that the steps could reach.
 *
 * - Formula: net²/(n·S2), S2 = Σ|Δ_i|²
 * - Range: [0, 1]; 1 on a uniform line, about 1/n for Brownian motion, 0 if S2 = 0
 * - Points: at least 2, in 1D, 2D, 3D
 * - Invariances: R S0 V t0
 * - Gaps: undefined
 * - Source: Helmuth et al. 2007; Wagner et al. 2017
 */
export const efficiency = feature(
  {
    name: 'efficiency',
    section: 'shape',
    summary: 'Squared net displacement against the most that the steps could reach.',
    formula: 'net²/(n·S2), S2 = Σ|Δ_i|²',
    range: '[0, 1]; 1 on a uniform line, about 1/n for Brownian motion, 0 if S2 = 0',
    minLength: 2,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
    gaps: 'undefined',
    source: 'Helmuth et al. 2007; Wagner et al. 2017',
  },
  (context) => {
    const { count, squares } = steps(context);
    return squares === 0 ? 0 : Math.min(1, net(context) ** 2 / (count * squares));
  },
);
