import { derived, type TrackContext } from '../context.ts';
import { brent } from '../numeric/brent.ts';
import { lowestNearby } from '../numeric/nelder-mead.ts';
import { rootTowards } from '../numeric/root-towards.ts';
import { Z95 } from './estimate.ts';
import { fractionalLikelihood } from './fractional-likelihood.ts';

/** The most likely fractional Brownian motion of a track. */
export interface FractionalFit {
  readonly alpha: number;
  /** Share of the noise in the variance of a step over one frame. */
  readonly share: number;
  /** Variance per axis of a step over one frame. */
  readonly scale: number;
}

/** Range of the exponents that are searched. */
export const LEAST_ALPHA = 0.02;
export const LARGEST_ALPHA = 1.98;
/**
 * Range of the noise's share. It stays below 1, since pure noise has no exponent, and may be negative, as far as the
 * steps still have a distribution: motion blur makes it so, and without a bound at 0 there is no bias there.
 */
export const LEAST_SHARE = -0.5;
export const LARGEST_SHARE = 0.99;

/** How closely the optimum is searched: far below any standard error. */
const TOLERANCE = 1e-4;

/** The fit without noise. */
export const fractionalFit = derived((context): FractionalFit => {
  const likelihood = fractionalLikelihood(context);
  const cost = (alpha: number): number => likelihood(alpha, 0).cost;
  let best = 1;
  let lowest = Number.POSITIVE_INFINITY;
  for (let alpha = 0.2; alpha < 1.9; alpha += 0.4) {
    const value = cost(alpha);
    if (value < lowest) {
      lowest = value;
      best = alpha;
    }
  }
  const alpha = brent(
    cost,
    Math.max(LEAST_ALPHA, best - 0.4),
    Math.min(LARGEST_ALPHA, best + 0.4),
    TOLERANCE,
  );
  return { alpha, share: 0, scale: likelihood(alpha, 0).scale };
});

/** The fit with noise of any variance. */
export const noisyFractionalFit = derived((context): FractionalFit => {
  const likelihood = fractionalLikelihood(context);
  const cost = ([alpha, share]: readonly number[]): number => likelihood(alpha, share).cost;
  const bounds = [
    [LEAST_ALPHA, LARGEST_ALPHA],
    [LEAST_SHARE, LARGEST_SHARE],
  ] as const;
  const plain = fractionalFit(context);
  let start = [plain.alpha, 0];
  let lowest = cost(start);
  for (const alpha of [0.3, 0.7, 1.1, 1.5, 1.8]) {
    for (const share of [0.15, 0.4, 0.7, 0.92]) {
      const value = cost([alpha, share]);
      if (value < lowest) {
        lowest = value;
        start = [alpha, share];
      }
    }
  }
  const [alpha, share] = lowestNearby(cost, start, [0.15, 0.1], bounds, TOLERANCE);
  return { alpha, share, scale: likelihood(alpha, share).scale };
});

/**
 * 95 % interval of α with noise of any variance, by the profile likelihood: the exponents that some variance of the noise
 * makes no less than e^(−1.92) times as likely as the fit.
 */
export function profileInterval(
  context: TrackContext,
  fit: FractionalFit,
  alphaError: number,
): [number, number] {
  const likelihood = fractionalLikelihood(context);
  const lowest = likelihood(fit.alpha, fit.share).cost;
  const distance = (alpha: number): number => {
    const cost = (share: number): number => likelihood(alpha, share).cost;
    const share = brent(cost, LEAST_SHARE, LARGEST_SHARE, 1e-3);
    return Math.sqrt(Math.max(0, 2 * (cost(share) - lowest))) - Z95;
  };
  const end = (bound: number): number => {
    // The end is near α ± 1.96 standard errors: look between there and twice as far before the bound.
    const reach = fit.alpha + Math.sign(bound - fit.alpha) * 2 * Z95 * alphaError;
    const near = Math.min(LARGEST_ALPHA, Math.max(LEAST_ALPHA, reach));
    if (fit.alpha === bound) return bound;
    if (alphaError > 0 && near !== bound && distance(near) > 0) {
      return rootTowards(distance, fit.alpha, near, 1e-3);
    }
    return rootTowards(distance, fit.alpha, bound, 1e-3);
  };
  return [end(LEAST_ALPHA), end(LARGEST_ALPHA)];
}

/** The fit with noise of known variance σ². */
export function fractionalFitWithNoise(
  context: TrackContext,
  noiseVariance: number,
): FractionalFit {
  const likelihood = fractionalLikelihood(context);
  const count = (context.length - 1) * context.dim;
  // At a given share the scale is 2σ²/share: −ln likelihood there from the best scale.
  const cost = ([alpha, share]: readonly number[]): number => {
    const { scale, cost: best } = likelihood(alpha, share);
    const ratio = scale / ((2 * noiseVariance) / share);
    return best + (count * (ratio - 1 - Math.log(ratio))) / 2;
  };
  const bounds = [
    [LEAST_ALPHA, LARGEST_ALPHA],
    [1e-6, LARGEST_SHARE],
  ] as const;
  const plain = fractionalFit(context);
  const guess = Math.min(0.9, Math.max(1e-3, (2 * noiseVariance) / plain.scale));
  let start = [plain.alpha, guess];
  let lowest = cost(start);
  for (const alpha of [0.3, 0.7, 1.1, 1.5]) {
    const value = cost([alpha, guess]);
    if (value < lowest) {
      lowest = value;
      start = [alpha, guess];
    }
  }
  const [alpha, share] = lowestNearby(cost, start, [0.15, 0.2 * guess], bounds, TOLERANCE);
  return { alpha, share, scale: (2 * noiseVariance) / share };
}
