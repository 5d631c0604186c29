import type { Track } from '@diffusion/tracks';
import { checkOptions } from '@diffusion/tracks/messages';
import { inverse, Matrix } from 'ml-matrix';
import { contextOf, type TrackContext } from '../context.ts';
import { FeaturesError } from '../errors.ts';
import { type Estimate, logEstimate, normalEstimate, UNDEFINED } from './estimate.ts';
import {
  type FractionalFit,
  fractionalFit,
  fractionalFitWithNoise,
  LARGEST_ALPHA,
  LARGEST_SHARE,
  LEAST_ALPHA,
  LEAST_SHARE,
  noisyFractionalFit,
  profileInterval,
} from './fractional-fit.ts';
import { fractionalLikelihood } from './fractional-likelihood.ts';

/** Options of {@link estimateFbm}. */
export interface FbmOptions {
  /** Variance σ² of the localisation error per axis: 0 (default), a known value, or 'estimate'. */
  readonly noiseVariance?: number | 'estimate';
}

/** Anomalous exponent and generalised diffusion coefficient. */
export interface AnomalousEstimate {
  readonly alpha: Estimate;
  /** K of m(t) = 2dK·t^α, in squared length per time^α. */
  readonly generalizedDiffusion: Estimate;
}

/** What {@link estimateFbm} gives. */
export interface FbmEstimate extends AnomalousEstimate {
  readonly noiseVariance: Estimate;
  /** True when the fit is at an end of what is searched: α from 0.02 to 1.98, noise from −50 to 99 % of a step's variance. */
  readonly atEdge: boolean;
}

/**
 * Maximum-likelihood α, K and σ² of fractional Brownian motion with localisation noise, exact (Durbin–Levinson), the
 * efficient estimator. Standard errors from the observed Fisher information; with free noise, which α is strongly
 * correlated with, the interval of α is that of the profile likelihood. Free noise may come out negative, as it does for
 * the covariance-based estimator: the apparent variance of the noise is σ² less what motion blur takes. O(N²) per step of the search; O(N³) on a track with gaps, whose likelihood is
 * that of the points that are there. Undefined below 4 points and on a constant track.
 *
 * @example
 * const { alpha } = estimateFbm(track, { noiseVariance: 'estimate' });
 * console.log(alpha.value, alpha.interval);
 */
export function estimateFbm(track: Track | TrackContext, options: FbmOptions = {}): FbmEstimate {
  checkOptions<FbmOptions>('estimateFbm', options, { noiseVariance: true }, FeaturesError);
  const noise = options.noiseVariance ?? 0;
  if (noise !== 'estimate' && !(noise >= 0 && Number.isFinite(noise))) {
    throw new FeaturesError(
      `noiseVariance is ${noise}: expected a number of at least 0 or 'estimate'`,
    );
  }
  const context = contextOf(track);
  if (context.length < 4 || context.extent === 0) {
    return {
      alpha: UNDEFINED,
      generalizedDiffusion: UNDEFINED,
      noiseVariance: UNDEFINED,
      atEdge: false,
    };
  }
  if (noise === 'estimate') return withErrors(context, noisyFractionalFit(context), 'free');
  if (noise === 0) return withErrors(context, fractionalFit(context), 'none');
  return withErrors(context, fractionalFitWithNoise(context, noise), 'known');
}

function withErrors(
  context: TrackContext,
  fit: FractionalFit,
  noise: 'none' | 'known' | 'free',
): FbmEstimate {
  const { alpha, share, scale } = fit;
  const { dt } = context;
  const logK = Math.log((scale * (1 - share)) / 2) - alpha * Math.log(dt);
  const sigma2 = (scale * share) / 2;
  const free = noise === 'free';
  // Parameters: α, ln K, and σ² in units of the step variance where it is free.
  const minusLog = minusLogLikelihood(context, dt);
  const at = [alpha, logK, ...(free ? [sigma2] : [])];
  const steps = [1e-3, 1e-3, ...(free ? [1e-3 * scale] : [])];
  const information = hessian((p) => minusLog(p[0], p[1], free ? p[2] : sigma2), at, steps);
  // In units of the differences' steps, so that the matrix is well scaled.
  const scaled = information.map((row, i) => row.map((value, j) => value * steps[i] * steps[j]));
  const covariance = inverse(new Matrix(scaled));
  const error = (i: number): number => Math.sqrt(covariance.get(i, i)) * steps[i];
  const ofAlpha = normalEstimate(alpha, error(0), Number.NaN);
  return {
    alpha: free ? { ...ofAlpha, interval: profileInterval(context, fit, error(0)) } : ofAlpha,
    generalizedDiffusion: logEstimate(logK, error(1), Number.NaN),
    noiseVariance: normalEstimate(sigma2, free ? error(2) : 0, free ? Number.NaN : 0),
    atEdge:
      alpha <= LEAST_ALPHA ||
      alpha >= LARGEST_ALPHA ||
      (free && (share <= LEAST_SHARE || share >= LARGEST_SHARE)),
  };
}

/** −ln likelihood at α, ln K and σ². */
function minusLogLikelihood(context: TrackContext, dt: number) {
  const likelihood = fractionalLikelihood(context);
  const count = (context.length - 1) * context.dim;
  return (alpha: number, logK: number, sigma2: number): number => {
    const motion = 2 * Math.exp(logK + alpha * Math.log(dt));
    const scale = motion + 2 * sigma2;
    const best = likelihood(alpha, (2 * sigma2) / scale);
    const ratio = best.scale / scale;
    return best.cost + (count * (ratio - 1 - Math.log(ratio))) / 2;
  };
}

/** Second derivatives by differences: exact to second order in the steps. */
function hessian(
  f: (p: readonly number[]) => number,
  at: readonly number[],
  steps: readonly number[],
): number[][] {
  const shifted = (sign: number, ...which: number[]): number =>
    f(at.map((value, i) => (which.includes(i) ? value + sign * steps[i] : value)));
  const centre = f(at);
  const both = at.map((_, i) => shifted(1, i) + shifted(-1, i));
  const second = at.map(() => new Array<number>(at.length).fill(0));
  for (let i = 0; i < at.length; i++) {
    second[i][i] = (both[i] - 2 * centre) / steps[i] ** 2;
    for (let j = 0; j < i; j++) {
      const mixed = shifted(1, i, j) + shifted(-1, i, j) - both[i] - both[j] + 2 * centre;
      second[i][j] = second[j][i] = mixed / (2 * steps[i] * steps[j]);
    }
  }
  return second;
}
