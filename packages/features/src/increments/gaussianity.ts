import { defaultLags, entriesUpTo, lagCurve } from '../derived/lag-curve.ts';
import { nonGaussianParameter } from '../derived/non-gaussian-parameter.ts';
import { feature } from '../feature.ts';

/**
 * Departure of the displacements from a Gaussian, over several lags.
 *
 * - Formula: mean over k = 1 … K of d⟨|Δ_k|⁴⟩/((d + 2)⟨|Δ_k|²⟩²) − 1
 * - Range: ≥ d/(d + 2) − 1; 0 for isotropic Gaussian displacements; undefined if some m(k) = 0
 * - Points: at least 2, in 1D, 2D, 3D
 * - Invariances: R S0 V t0
 * - Gaps: by lag
 * - Source: Ernst et al. 2014; Wagner et al. 2017
 */
export const gaussianity = feature(
  {
    name: 'gaussianity',
    section: 'increments',
    summary: 'Departure of the displacements from a Gaussian, over several lags.',
    formula: 'mean over k = 1 … K of d⟨|Δ_k|⁴⟩/((d + 2)⟨|Δ_k|²⟩²) − 1',
    range: '≥ d/(d + 2) − 1; 0 for isotropic Gaussian displacements; undefined if some m(k) = 0',
    minLength: 2,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
    gaps: 'by lag',
    source: 'Ernst et al. 2014; Wagner et al. 2017',
  },
  (context) => {
    const lag = defaultLags(context);
    const curve = lagCurve(context, lag);
    const terms = entriesUpTo(curve, lag);
    let sum = 0;
    for (let i = 0; i < terms; i++) sum += nonGaussianParameter(context, curve.lags[i]);
    return sum / terms;
  },
);
