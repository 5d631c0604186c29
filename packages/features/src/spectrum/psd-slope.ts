import { powerSpectrum } from '../derived/power-spectrum.ts';
import { feature } from '../feature.ts';
import { linearFit } from '../numeric/linear-fit.ts';

/**
 * Slope of the power spectrum.
 *
 * - Formula: slope of ln P_k on ln k, P_k = Σ_axes|DFT(x − x̄)_k|², k = 1 … ⌊(N − 1)/2⌋
 * - Range: about −3 to 0; −2 for Brownian motion; undefined if some P_k ≤ 1e-20·max P
 * - Points: at least 8, in 1D, 2D, 3D
 * - Invariances: R S0 V t0
 * - Gaps: undefined
 * - Source: Krapf et al. 2019; Kowalek et al. 2022
 */
export const psdSlope = feature(
  {
    name: 'psdSlope',
    section: 'spectrum',
    summary: 'Slope of the power spectrum.',
    formula: 'slope of ln P_k on ln k, P_k = Σ_axes|DFT(x − x̄)_k|², k = 1 … ⌊(N − 1)/2⌋',
    range: 'about −3 to 0; −2 for Brownian motion; undefined if some P_k ≤ 1e-20·max P',
    minLength: 8,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
    gaps: 'undefined',
    source: 'Krapf et al. 2019; Kowalek et al. 2022',
  },
  (context) => {
    const power = powerSpectrum(context);
    const floor = 1e-20 * power.reduce((a, b) => Math.max(a, b), 0);
    if (power.some((value) => value <= floor)) return Number.NaN;
    const logK = power.map((_, i) => Math.log(i + 1));
    return linearFit(logK, power.map(Math.log)).slope;
  },
);
