import { type TrackContext, ZERO } from '../context.ts';
import { defaultLags, entriesUpTo, lagCurve } from '../derived/lag-curve.ts';
import { squaredDisplacements } from '../derived/squared-displacements.ts';
import { feature } from '../feature.ts';

/** Departure of the displacements from a Gaussian, over several lags. */
export const gaussianity = feature({
  name: 'gaussianity',
  section: 'increments',
  meaning: 'Departure of the displacements from a Gaussian, over several lags.',
  formula: 'mean over k = 1 … K of d⟨|Δ_k|⁴⟩/((d + 2)⟨|Δ_k|²⟩²) − 1',
  range: '≥ d/(d + 2) − 1; 0 for isotropic Gaussian displacements; undefined if some m(k) = 0',
  minPoints: 2,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
  gaps: 'by lag',
  source: 'Ernst et al. 2014; Wagner et al. 2017',
  compute: (context) => {
    const lag = defaultLags(context);
    const curve = lagCurve(context, lag);
    const terms = entriesUpTo(curve, lag);
    let sum = 0;
    for (let i = 0; i < terms; i++) sum += nonGaussianParameter(context, curve.lags[i]);
    return sum / terms;
  },
});

/** Departure of the steps from a Gaussian. */
export const nonGaussianity1 = feature({
  name: 'nonGaussianity1',
  section: 'increments',
  meaning: 'Departure of the steps from a Gaussian.',
  formula: 'd⟨|Δ|⁴⟩/((d + 2)⟨|Δ|²⟩²) − 1',
  range: '≥ d/(d + 2) − 1; 0 for isotropic Gaussian steps; undefined if S2 = 0',
  minPoints: 2,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
  gaps: 'by lag',
  source: 'Rahman 1964; Ernst et al. 2014',
  compute: (context) => nonGaussianParameter(context, 1),
});

/**
 * d⟨r⁴⟩/((d + 2)⟨r²⟩²) − 1 of the displacements over k frames: NaN when they are all zero or when no two points are k
 * frames apart.
 */
function nonGaussianParameter(context: TrackContext, k: number): number {
  const squares = squaredDisplacements(context, k);
  let second = 0;
  let fourth = 0;
  for (let i = 0; i < squares.length; i++) {
    second += squares[i];
    fourth += squares[i] * squares[i];
  }
  const pairs = squares.length;
  if (pairs === 0 || second <= (ZERO * context.extent) ** 2 * pairs) return Number.NaN;
  const { dim } = context;
  return (dim * fourth * pairs) / ((dim + 2) * second * second) - 1;
}
