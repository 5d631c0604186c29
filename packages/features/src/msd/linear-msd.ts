import { derived } from '../context.ts';
import { defaultLags, entriesUpTo, lagCurve } from '../derived/lag-curve.ts';
import { feature } from '../feature.ts';
import { type Line, linearFit } from '../numeric/linear-fit.ts';

/** Diffusion coefficient from the line through the MSD. */
export const diffusionCoefficient = feature({
  name: 'diffusionCoefficient',
  section: 'msd',
  meaning: 'Diffusion coefficient from the line through the MSD.',
  formula: 'slope of the least-squares line of m(k) on k·dt, k = 1 … K, /(2d)',
  range: 'any, may be ≤ 0',
  minPoints: 3,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 2, reversal: true, time: -1 },
  gaps: 'by lag',
  source: 'Qian et al. 1991; andi_datasets',
  compute: (context) => linearMsdFit(context).slope / (2 * context.dim),
});

/** Intercept of the line through the MSD, about 2dσ² − 4dRD·dt. */
export const msdIntercept = feature({
  name: 'msdIntercept',
  section: 'msd',
  meaning: 'Intercept of the line through the MSD, about 2dσ² − 4dRD·dt.',
  formula: 'intercept of the line of diffusionCoefficient',
  range: 'any, may be < 0',
  minPoints: 3,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 2, reversal: true, time: 0 },
  gaps: 'by lag',
  source: 'Michalet 2010',
  compute: (context) => linearMsdFit(context).intercept,
});

/** Line through m(k) against k·dt, k = 1 … K. */
const linearMsdFit = derived((context): Line => {
  const lag = defaultLags(context);
  const curve = lagCurve(context, lag);
  const count = entriesUpTo(curve, lag);
  const { slope, intercept } = linearFit(curve.lags, curve.values, count);
  return { slope: slope / context.dt, intercept };
});
