import { type Marginal, meanOf, quantile } from './marginal.ts';
import type { MotionPrior } from './motion-posterior.ts';
import { type PosteriorEstimate, TAIL, UNKNOWN, UPPER_TAIL } from './posterior-estimate.ts';

/**
 * The localisation error σ: as it is known, or from the posterior of ln σ².
 *
 * @param ofNoise that posterior, worked out where it is needed.
 * @param noiseless whether the data exclude that there is no error: the interval then begins above 0.
 */
export function noiseEstimate(
  known: number | undefined,
  prior: MotionPrior,
  ofNoise: () => Marginal,
  noiseless: boolean,
): PosteriorEstimate {
  if (known) return { value: known, interval: [known, known] };
  if (prior.sigma === 0) return { value: 0, interval: [0, 0] };
  const marginal = ofNoise();
  const value = Math.exp(meanOf(marginal) / 2);
  // How much of the blur's share is in it is not known, and so no interval is.
  if (prior.exposures.length > 1) return { ...UNKNOWN, value };
  return {
    value,
    interval: [
      noiseless ? Math.exp(quantile(marginal, TAIL) / 2) : 0,
      Math.exp(quantile(marginal, 1 - UPPER_TAIL) / 2),
    ],
  };
}
