import { excludedEnds } from './excluded-ends.ts';
import { sharesOf } from './forms-on-nodes.ts';
import { meanOf, quantile } from './marginal.ts';
import type { GridPosterior, MotionPrior } from './motion-posterior.ts';
import { densityOf, densityOfLogQ, type MotionSummary, scaledMarginal } from './motion-summary.ts';
import { noiseEstimate } from './noise-estimate.ts';
import { EXCLUDED, type PosteriorEstimate, TAIL, UPPER_TAIL } from './posterior-estimate.ts';
import type { Subject } from './subject.ts';

/** What is known of confined motion. */
export interface ConfinedSummary extends MotionSummary {
  /** √(d + 2) times the standard deviation per axis: the radius of the ball in which uniform places are spread as far. */
  readonly radius: PosteriorEstimate;
}

/**
 * Estimates of diffusion in a harmonic well, from the posterior of the logarithm of its rate and of Q. D has no upper end
 * where the data do not exclude that the well is crossed within a frame, the radius none where they do not exclude that the
 * motion is free.
 */
export function summarizeConfined(
  grid: GridPosterior,
  subject: Subject,
  prior: MotionPrior,
): ConfinedSummary {
  const known = prior.sigma || subject.sigma;
  const columns = grid.logQs.length;
  const rates = grid.coordinates.map(Math.exp);
  /** The posterior of ln of the scale of the steps' variance times something of a rate and Q. */
  const marginal = (factor: (rate: number, motion: number, noise: number) => number) =>
    scaledMarginal(grid, subject, known, (cell) => {
      const q = cell % columns;
      const { motion, noise } = sharesOf(grid.logQs[q]);
      return Math.log(factor(rates[(cell - q) / columns], motion, noise));
    });
  // Over a frame the variance is 2s²(1 − e^−rate) = 2D(1 − e^−rate)/rate.
  const ofVariance = (rate: number, motion: number) => motion / (-2 * Math.expm1(-rate));
  const ofD = marginal((rate, motion) => (rate * ofVariance(rate, motion)) / subject.dt);
  const ofSquare = marginal((rate, motion) => (subject.dim + 2) * ofVariance(rate, motion));
  const ends = excludedEnds(densityOfLogQ(grid), grid.logQRange, prior.logQs);
  const ofRate = densityOf(grid);
  const least = EXCLUDED * Math.max(...ofRate);
  const free = grid.range[0] === prior.coordinates[0] && ofRate[0] > least;
  const fast = grid.range[1] === prior.coordinates[1] && ofRate[ofRate.length - 1] > least;
  const within = (low: boolean, high: boolean, at: (share: number) => number) =>
    [low ? at(TAIL) : 0, high ? at(1 - UPPER_TAIL) : Number.POSITIVE_INFINITY] as const;
  return {
    diffusion: {
      value: Math.exp(meanOf(ofD)),
      interval: within(ends.rest, !fast, (share) => Math.exp(quantile(ofD, share))),
    },
    alpha: { value: 1, interval: [1, 1] },
    sigma: noiseEstimate(known, prior, () => marginal((_, __, noise) => noise), ends.noiseless),
    radius: {
      value: Math.exp(meanOf(ofSquare) / 2),
      interval: within(ends.rest, !free, (share) => Math.exp(quantile(ofSquare, share) / 2)),
    },
  };
}
