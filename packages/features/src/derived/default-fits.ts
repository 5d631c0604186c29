import { derived } from '../context.ts';
import { type Line, linearFit } from '../numeric/linear-fit.ts';
import { defaultLags, entriesUpTo, lagCurve, vanishes } from './lag-curve.ts';

const UNDEFINED: Line = { slope: Number.NaN, intercept: Number.NaN };

/** Line through ln m(k) against ln(k·dt), k = 1 … K; undefined when some m(k) is 0. */
export const logLogFit = derived((context): Line => {
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

/** Line through m(k) against k·dt, k = 1 … K. */
export const linearMsdFit = derived((context): Line => {
  const lag = defaultLags(context);
  const curve = lagCurve(context, lag);
  const count = entriesUpTo(curve, lag);
  const { slope, intercept } = linearFit(curve.lags, curve.values, count);
  return { slope: slope / context.dt, intercept };
});
