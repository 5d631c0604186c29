import type { Track } from '@diffusion/tracks';
import { checkOptions } from '@diffusion/tracks/messages';
import { Matrix } from 'ml-matrix';
import { contextOf, type TrackContext } from '../context.ts';
import { defaultLags, vanishes } from '../derived/lag-curve.ts';
import { FeaturesError } from '../errors.ts';
import { logBias } from '../numeric/log-gamma-bias.ts';
import { logEstimate, normalEstimate, UNDEFINED } from './estimate.ts';
import type { AnomalousEstimate } from './estimate-fbm.ts';
import { fittedLags } from './fitted-lags.ts';
import { fractionalFit } from './fractional-fit.ts';
import { lagCovariance } from './lag-covariance.ts';
import { fractionalVariogram } from './variogram.ts';
import { leastSquares, type Weighting } from './weighting.ts';

/** Options of {@link estimateLogLog}. */
export interface LogLogOptions {
  /** Fit the lags 1 … lags; default min(N − 1, max(4, ⌊N/10⌋) − 1), as the feature `alpha`. */
  readonly lags?: number;
  /**
   * Default 'ordinary', as the feature `alpha`; 'weighted' takes 1/var(ln m(k)) ∝ 3k(N − k)/(2k² + 1) (Qian et al.
   * 1991), 'generalised' the whole covariance of the lags.
   */
  readonly weighting?: Weighting;
}

/**
 * α and the generalised diffusion coefficient from the line ln m(k) = ln(2dK) + α·ln(k·dt). Standard errors from the
 * covariance of the lags under the most likely fractional Brownian motion without noise; `bias` is that of the
 * logarithm of a mean of few squares, E ln m < ln E m, known for gamma-distributed m. Undefined below 3 points and
 * where some m(k) is 0. Gaps: by lag.
 *
 * @example
 * const { alpha } = estimateLogLog(track, { weighting: 'generalised' });
 * console.log(alpha.value, '±', alpha.standardError);
 */
export function estimateLogLog(
  track: Track | TrackContext,
  options: LogLogOptions = {},
): AnomalousEstimate {
  checkOptions<LogLogOptions>(
    'estimateLogLog',
    options,
    { lags: true, weighting: true },
    FeaturesError,
  );
  const context = contextOf(track);
  const { lags = defaultLags(context), weighting = 'ordinary' } = options;
  const undefinedEstimate = { alpha: UNDEFINED, generalizedDiffusion: UNDEFINED };
  if (context.length < 3 || context.extent === 0) return undefinedEstimate;
  const fitted = fittedLags(context, lags, 2);
  if (fitted.lags.length < 2 || fitted.values.some((value) => vanishes(context, value))) {
    return undefinedEstimate;
  }
  const { covariance } = fractionalLags(context, fitted.lags);
  // Relative variances of m are variances of ln m.
  const design = new Matrix(fitted.lags.map((k) => [1, Math.log(k * context.dt)]));
  const solve = leastSquares(
    design,
    weighting,
    () => covariance,
    () => fitted.lags.map((k) => (2 * k * k + 1) / (3 * k * (context.span - k))),
  );
  const [constant, slope] = solve
    .mmul(Matrix.columnVector(fitted.values.map(Math.log)))
    .to1DArray();
  const [biasOfConstant, biasOfSlope] = solve
    .mmul(Matrix.columnVector(covariance.diagonal().map(logBias)))
    .to1DArray();
  const errors = solve.mmul(covariance).mmul(solve.transpose());
  return {
    alpha: normalEstimate(slope, Math.sqrt(errors.get(1, 1)), biasOfSlope),
    generalizedDiffusion: logEstimate(
      constant - Math.log(2 * context.dim),
      Math.sqrt(errors.get(0, 0)),
      biasOfConstant,
    ),
  };
}

/** Expected MSD under the most likely fractional Brownian motion, and the lags' covariance in units of it. */
export function fractionalLags(
  context: TrackContext,
  lags: readonly number[],
): { readonly expected: Float64Array; readonly covariance: Matrix } {
  const { alpha, scale } = fractionalFit(context);
  const variogram = fractionalVariogram(
    { alpha, generalizedDiffusion: scale / 2 / context.dt ** alpha, noiseVariance: 0 },
    context.dt,
    context.span,
  );
  return relativeLags(context, lags, variogram);
}

/** Expected MSD of a variogram, and the lags' covariance in units of it. */
export function relativeLags(
  context: TrackContext,
  lags: readonly number[],
  variogram: Float64Array,
): { readonly expected: Float64Array; readonly covariance: Matrix } {
  const covariance = lagCovariance(context, lags, variogram);
  const expected = Float64Array.from(lags, (k) => context.dim * variogram[k]);
  for (let i = 0; i < lags.length; i++) {
    for (let j = 0; j < lags.length; j++) {
      covariance.set(i, j, covariance.get(i, j) / (expected[i] * expected[j]));
    }
  }
  return { expected, covariance };
}
