import { derived } from '../context.ts';
import { defaultLags, entriesUpTo, lagCurve, vanishes } from '../derived/lag-curve.ts';
import { feature } from '../feature.ts';
import { type Line, linearFit } from '../numeric/linear-fit.ts';

/** Anomalous exponent. */
export const alpha = feature({
  name: 'alpha',
  section: 'msd',
  meaning: 'Anomalous exponent.',
  formula: 'slope of the least-squares line of ln m(k) on ln(k·dt), k = 1 … K',
  range: 'about 0 to 2, not clamped; 2 on a line; undefined if some m(k) = 0',
  minPoints: 3,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
  gaps: 'by lag',
  source: 'Wagner et al. 2017; andi_datasets',
  compute: (context) => logLogFit(context).slope,
});

/** Generalised diffusion coefficient of the fit of alpha. */
export const generalizedDiffusion = feature({
  name: 'generalizedDiffusion',
  section: 'msd',
  meaning: 'Generalised diffusion coefficient of the fit of alpha.',
  formula: 'exp(intercept of that line)/(2d)',
  range: '> 0; undefined if some m(k) = 0',
  minPoints: 3,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 2, reversal: true, time: '-alpha' },
  gaps: 'by lag',
  source: 'Kowalek et al. 2019',
  compute: (context) => Math.exp(logLogFit(context).intercept) / (2 * context.dim),
});

const UNDEFINED: Line = { slope: Number.NaN, intercept: Number.NaN };

/** Line through ln m(k) against ln(k·dt), k = 1 … K; undefined when some m(k) is 0. */
const logLogFit = derived((context): Line => {
  const lag = defaultLags(context);
  const curve = lagCurve(context, lag);
  const count = entriesUpTo(curve, lag);
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    if (vanishes(context, curve.values[i])) return UNDEFINED;
    x[i] = Math.log(curve.lags[i] * context.dt);
    y[i] = Math.log(curve.values[i]);
  }
  return linearFit(x, y);
});
