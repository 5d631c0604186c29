import { derived } from '../context.ts';
import { entriesUpTo, lagCurve } from '../derived/lag-curve.ts';
import { feature } from '../feature.ts';
import { linearFit } from '../numeric/linear-fit.ts';

/** The line through the first `lags` values of the MSD, with the number of lags that is best for it. */
export interface OptimalFit {
  readonly lags: number;
  /** Per lag, in squared length. */
  readonly slope: number;
  readonly intercept: number;
}

/** Michalet & Berglund 2012: the number of lags and the line through them, found together by iteration. */
export const optimalFit = derived((context): OptimalFit => {
  const { span, extent } = context;
  let lags = Math.max(2, Math.floor(span / 10));
  if (extent === 0) return { lags: Number.NaN, slope: Number.NaN, intercept: Number.NaN };
  const most = 0.8 + 0.564 * span;
  const visited = new Set<number>();
  let line = { slope: Number.NaN, intercept: Number.NaN };
  for (let round = 0; round < 30; round++) {
    lags = Math.min(span - 1, Math.max(2, lags));
    const curve = lagCurve(context, lags);
    line = linearFit(curve.lags, curve.values, entriesUpTo(curve, lags));
    if (visited.has(lags)) break;
    visited.add(lags);
    lags = Math.floor(nextLags(line.slope, line.intercept, most) + 0.5);
  }
  return { lags: Number.isNaN(line.slope) ? Number.NaN : lags, ...line };
});

function nextLags(slope: number, intercept: number, most: number): number {
  if (!(slope > 0)) return most;
  const x = Math.max(intercept / slope, 0);
  const f = 2 + 1.35 * x ** 0.6;
  return Math.min(most, (f * most) / Math.cbrt(f ** 3 + most ** 3));
}

/** Diffusion coefficient from the line through the number of lags that is best for it. */
export const diffusionMichalet = feature({
  name: 'diffusionMichalet',
  section: 'msd',
  meaning: 'Diffusion coefficient from the line through the number of lags that is best for it.',
  formula: 'slope over k = 1 … optimalLags, /(2d·dt)',
  range: 'any; undefined on a constant track',
  minPoints: 4,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 2, reversal: true, time: -1 },
  gaps: 'by lag',
  source: 'Michalet & Berglund 2012',
  compute: (context) => optimalFit(context).slope / (2 * context.dim * context.dt),
});

/** Number of lags that is best for the line through the MSD. */
export const optimalLags = feature({
  name: 'optimalLags',
  section: 'msd',
  meaning: 'Number of lags that is best for the line through the MSD.',
  formula:
    'iteration of p = min(L_b, f·L_b/(f³ + L_b³)^⅓), f = 2 + 1.35x^0.6, x = intercept/slope, L_b = 0.8 + 0.564N',
  range: '2 … N − 1; undefined on a constant track',
  minPoints: 4,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
  gaps: 'by lag',
  source: 'Michalet & Berglund 2012',
  compute: (context) => optimalFit(context).lags,
});
