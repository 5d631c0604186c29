import type { Track } from '@diffusion/tracks';
import { checkOptions } from '@diffusion/tracks/messages';
import { Matrix } from 'ml-matrix';
import { contextOf, type TrackContext } from '../context.ts';
import { defaultLags } from '../derived/lag-curve.ts';
import { FeaturesError } from '../errors.ts';
import { type BlurOption, brownianModel, checkBlur, relativeError } from './brownian-model.ts';
import { type Estimate, normalEstimate, positiveEstimate, UNDEFINED } from './estimate.ts';
import { fittedLags } from './fitted-lags.ts';
import { lagCovariance } from './lag-covariance.ts';
import { leastSquares, type Weighting } from './weighting.ts';

/** Options of {@link estimateLinear}. */
export interface LinearOptions extends BlurOption {
  /** Fit the lags 1 … lags; default min(N − 1, max(4, ⌊N/10⌋) − 1), as the feature `diffusionCoefficient`. */
  readonly lags?: number;
  /** Default 'ordinary', as the feature. */
  readonly weighting?: Weighting;
}

/** Diffusion coefficient and variance of the localisation error. */
export interface DiffusionEstimate {
  /** In squared length per time. */
  readonly diffusion: Estimate;
  /** σ², in squared length, per axis. */
  readonly noiseVariance: Estimate;
}

/** What {@link estimateLinear} gives: its lags too. */
export interface LinearEstimate extends DiffusionEstimate {
  /** Largest lag of the fit. */
  readonly lags: number;
}

/**
 * Diffusion coefficient and localisation error from the line m(k) = 2dD·k·dt + 2d(σ² − 2RD·dt) through the MSD, by
 * ordinary, weighted or generalised least squares. The standard errors come from the covariance of the lags (Qian et
 * al. 1991, with noise Michalet 2010) under the most likely Brownian motion with noise. Unbiased but for the weights'
 * dependence on the data. Gaps: by lag.
 *
 * @example
 * const { diffusion } = estimateLinear(track, { lags: 10, weighting: 'generalised' });
 * console.log(diffusion.value, diffusion.interval);
 */
export function estimateLinear(
  track: Track | TrackContext,
  options: LinearOptions = {},
): LinearEstimate {
  checkOptions<LinearOptions>(
    'estimateLinear',
    options,
    { lags: true, weighting: true, blur: true },
    FeaturesError,
  );
  const context = contextOf(track);
  const { lags = defaultLags(context), weighting = 'ordinary' } = options;
  const blur = checkBlur(options.blur ?? 0);
  if (context.length < 3 || context.extent === 0) {
    return { diffusion: UNDEFINED, noiseVariance: UNDEFINED, lags: Number.NaN };
  }
  return fitLine(context, lags, weighting, blur);
}

/** The fit of {@link estimateLinear} on lags that are given. */
export function fitLine(
  context: TrackContext,
  lags: number,
  weighting: Weighting,
  blur: number,
): LinearEstimate {
  const fitted = fittedLags(context, lags, 2);
  const count = fitted.lags.length;
  if (count < 2) return { diffusion: UNDEFINED, noiseVariance: UNDEFINED, lags: Number.NaN };
  const model = brownianModel(context, blur);
  const covariance = lagCovariance(context, fitted.lags, model.variogram(context.span));
  const { dim, dt } = context;
  const design = new Matrix(fitted.lags.map((k) => [2 * dim, 2 * dim * k * dt]));
  const solve = leastSquares(
    design,
    weighting,
    () => covariance,
    () => covariance.diagonal(),
  );
  const [apparent, diffusion] = solve.mmul(Matrix.columnVector(fitted.values)).to1DArray();
  const errors = solve.mmul(covariance).mmul(solve.transpose());
  // σ² is the apparent variance plus 2RD·dt.
  const shift = 2 * blur * dt;
  const noiseError = Math.sqrt(
    errors.get(0, 0) + 2 * shift * errors.get(0, 1) + shift * shift * errors.get(1, 1),
  );
  const error = Math.sqrt(errors.get(1, 1));
  return {
    diffusion: positiveEstimate(diffusion, relativeError(error, diffusion, model)),
    noiseVariance: normalEstimate(apparent + shift * diffusion, noiseError),
    lags: fitted.lags[count - 1],
  };
}
