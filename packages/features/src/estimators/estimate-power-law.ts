import type { Track } from '@diffusion/tracks';
import { checkOptions } from '@diffusion/tracks/messages';
import { contextOf, type TrackContext } from '../context.ts';
import { defaultLags } from '../derived/lag-curve.ts';
import { FeaturesError } from '../errors.ts';
import { type Estimate, logEstimate, normalEstimate, UNDEFINED } from './estimate.ts';
import type { AnomalousEstimate } from './estimate-fbm.ts';
import { fractionalLags, relativeLags } from './estimate-log-log.ts';
import { fittedLags } from './fitted-lags.ts';
import { noisyFractionalFit } from './fractional-fit.ts';
import { fitPowerLaw, LARGEST, LEAST, type NoiseCorrection } from './power-law-fits.ts';
import { propagate } from './propagate.ts';
import { fractionalVariogram } from './variogram.ts';

/** Options of {@link estimatePowerLaw}. */
export interface PowerLawOptions {
  /**
   * Fit the lags 1 … lags; default min(N − 1, max(4, ⌊N/10⌋) − 1). The feature `powerLawAlpha` goes to ⌊N/2⌋ − 1 as its
   * source does, where a mean of squares is far from normally distributed and no interval holds.
   */
  readonly lags?: number;
  /** How localisation noise enters; default 'none'. */
  readonly correction?: NoiseCorrection;
}

/** What {@link estimatePowerLaw} gives. */
export interface PowerLawEstimate extends AnomalousEstimate {
  /** σ² per axis; NaN without a correction. */
  readonly noiseVariance: Estimate;
  /** True when the fit is at an end of what is searched, α from 0.001 to 4. */
  readonly atEdge: boolean;
}

/**
 * α and the generalised diffusion coefficient of the power law nearest to the MSD in unweighted least squares, with or
 * without a correction for localisation noise. Standard errors and bias are those that the covariance of the lags gives
 * to the fit, under the most likely fractional Brownian motion (with noise where it is corrected for). Undefined below
 * 4 points and on a constant track. Gaps: by lag.
 *
 * @example
 * const { alpha, noiseVariance } = estimatePowerLaw(track, { correction: 'offset' });
 */
export function estimatePowerLaw(
  track: Track | TrackContext,
  options: PowerLawOptions = {},
): PowerLawEstimate {
  checkOptions<PowerLawOptions>(
    'estimatePowerLaw',
    options,
    { lags: true, correction: true },
    FeaturesError,
  );
  const context = contextOf(track);
  const { lags = defaultLags(context), correction = 'none' } = options;
  const nothing = {
    alpha: UNDEFINED,
    generalizedDiffusion: UNDEFINED,
    noiseVariance: UNDEFINED,
    atEdge: false,
  };
  if (context.length < 4 || context.extent === 0) return nothing;
  const fitted = fittedLags(context, lags, 3);
  if (fitted.lags.length < 3) return nothing;
  const { dim, dt } = context;
  const fit = fitPowerLaw(fitted.lags, fitted.values, correction);
  const logK = (amplitude: number, exponent: number): number =>
    Math.log(amplitude / (2 * dim)) - exponent * Math.log(dt);
  const { expected, covariance } =
    correction === 'none' ? fractionalLags(context, fitted.lags) : noisyLags(context, fitted.lags);
  const { exponent: centre } = fitPowerLaw(fitted.lags, expected, correction);
  const { errors, biases } = propagate(
    (relative) => {
      const { exponent, amplitude, offset } = fitPowerLaw(
        fitted.lags,
        relative.map((value, i) => value * expected[i]),
        correction,
        { exponent: centre, within: 0.25 },
      );
      return [exponent, logK(amplitude, exponent), offset / (2 * dim)];
    },
    new Float64Array(fitted.lags.length).fill(1),
    covariance,
  );
  // Where the range searched cuts the distribution off, its expansion says nothing of the bias.
  const reach = 2 * errors[0];
  if (fit.exponent - reach < LEAST || fit.exponent + reach > LARGEST) biases.fill(Number.NaN);
  return {
    alpha: normalEstimate(fit.exponent, errors[0], biases[0]),
    generalizedDiffusion: logEstimate(logK(fit.amplitude, fit.exponent), errors[1], biases[1]),
    noiseVariance:
      correction === 'none'
        ? UNDEFINED
        : normalEstimate(fit.offset / (2 * dim), errors[2], biases[2]),
    atEdge: fit.exponent <= LEAST || fit.exponent >= LARGEST,
  };
}

function noisyLags(context: Parameters<typeof noisyFractionalFit>[0], lags: readonly number[]) {
  const { alpha, scale, share } = noisyFractionalFit(context);
  const variogram = fractionalVariogram(
    {
      alpha,
      generalizedDiffusion: (scale * (1 - share)) / 2 / context.dt ** alpha,
      noiseVariance: (scale * share) / 2,
    },
    context.dt,
    context.span,
  );
  return relativeLags(context, lags, variogram);
}
