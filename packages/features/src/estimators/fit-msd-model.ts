import type { Track } from '@diffusion/tracks';
import { checkOptions } from '@diffusion/tracks/messages';
import { levenbergMarquardt } from 'ml-levenberg-marquardt';
import { Matrix, pseudoInverse } from 'ml-matrix';
import { contextOf, type TrackContext } from '../context.ts';
import { defaultLags } from '../derived/lag-curve.ts';
import { FeaturesError } from '../errors.ts';
import { type Estimate, normalEstimate, UNDEFINED } from './estimate.ts';
import { fittedLags } from './fitted-lags.ts';
import { lagCovariance } from './lag-covariance.ts';

/** A model of the MSD: of parameters, a function of time. */
export type MsdModel = (parameters: readonly number[]) => (time: number) => number;

/** Options of {@link fitMsdModel}. */
export interface ModelFitOptions {
  readonly model: MsdModel;
  /** Parameters that the search begins with; none 0. */
  readonly initial: readonly number[];
  /** Fit the lags 1 … lags; default min(N − 1, max(4, ⌊N/10⌋) − 1). */
  readonly lags?: number;
}

/** Relative step of the derivatives by the parameters. */
const STEP = 1e-5;

/**
 * Fits any model to the time-averaged MSD by Levenberg–Marquardt, each lag weighted by its pairs of points over the
 * square of lag and value (about its precision). Standard errors from the covariance of the lags for stationary Gaussian
 * steps of the fitted MSD, which holds for models without drift. NaN when there are fewer lags than parameters.
 *
 * Throws {@link FeaturesError} when an initial parameter is 0 or not finite.
 *
 * @example
 * // Confined motion with localisation noise: R²(1 − e^(−t/τ)) + c
 * const [square, tau, offset] = fitMsdModel(track, {
 *   model: ([r2, time, c]) => (t) => r2 * (1 - Math.exp(-t / time)) + c,
 *   initial: [1, 0.5, 0.01],
 *   lags: 30,
 * });
 */
export function fitMsdModel(track: Track | TrackContext, options: ModelFitOptions): Estimate[] {
  checkOptions<ModelFitOptions>(
    'fitMsdModel',
    options,
    { model: true, initial: true, lags: true },
    FeaturesError,
  );
  const context = contextOf(track);
  const { model, initial, lags = defaultLags(context) } = options;
  for (const value of initial) {
    if (!(Number.isFinite(value) && value !== 0)) {
      throw new FeaturesError(`initial is ${initial.join(', ')}: expected finite numbers, none 0`);
    }
  }
  const fitted = fittedLags(context, lags, 1);
  const count = fitted.lags.length;
  if (count < Math.max(2, initial.length) || context.extent === 0)
    return initial.map(() => UNDEFINED);
  const times = fitted.lags.map((k) => k * context.dt);
  const precision = fitted.lags.map((k, i) => fitted.pairs[i] / (k * fitted.values[i] ** 2));
  // Weighted values against weighted model, so that no weights are asked of the library (those of 5.1 are applied once
  // directly and once inverted), and parameters in units of the initial ones: its damping is the same for all of them.
  const total = precision.reduce((sum, value, i) => sum + value * fitted.values[i] ** 2, 0);
  const weights = precision.map((value) => Math.sqrt(value / total));
  const { parameterValues } = levenbergMarquardt(
    { x: times.map((_, i) => i), y: fitted.values.map((value, i) => value * weights[i]) },
    (p: number[]) => {
      const curve = model(p.map((value, i) => value * initial[i]));
      return (i: number) => weights[i] * curve(times[i]);
    },
    {
      initialValues: initial.map(() => 1),
      gradientDifference: STEP,
      centralDifference: true,
      maxIterations: 200,
      errorTolerance: 0,
    },
  );
  const best = parameterValues.map((value, i) => value * initial[i]);
  const jacobian = new Matrix(
    times.map((time) =>
      best.map((value, i) => {
        const h = STEP * (Math.abs(value) || Math.abs(initial[i]));
        const at = (x: number) => model(best.map((other, j) => (i === j ? x : other)))(time);
        return (at(value + h) - at(value - h)) / (2 * h);
      }),
    ),
  );
  const variogram = new Float64Array(context.span + 1);
  const expected = model(best);
  for (let k = 1; k <= context.span; k++) variogram[k] = expected(k * context.dt) / context.dim;
  const covariance = lagCovariance(context, fitted.lags, variogram);
  const weighted = jacobian.clone();
  for (let i = 0; i < count; i++) weighted.mulRow(i, precision[i]);
  const solve = pseudoInverse(weighted.transpose().mmul(jacobian)).mmul(weighted.transpose());
  const errors = solve.mmul(covariance).mmul(solve.transpose());
  return best.map((value, i) => normalEstimate(value, Math.sqrt(errors.get(i, i))));
}
