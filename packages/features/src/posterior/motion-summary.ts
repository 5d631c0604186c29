import { excludedEnds } from './excluded-ends.ts';
import { sharesOf } from './forms-on-nodes.ts';
import {
  type Marginal,
  marginalOf,
  meanOf,
  quantile,
  reachOfLogChiSquare,
  withLogChiSquare,
} from './marginal.ts';
import type { GridPosterior, MotionPrior } from './motion-posterior.ts';
import { noiseEstimate } from './noise-estimate.ts';
import { EXCLUDED, type PosteriorEstimate, TAIL, UPPER_TAIL } from './posterior-estimate.ts';
import type { Subject } from './subject.ts';

/** What is known of a track's motion. NaN stands for what is not defined or cannot be known. */
export interface MotionSummary {
  /** Generalised diffusion coefficient D, in squared length per time^α: m(t) = 2dD·t^α. */
  readonly diffusion: PosteriorEstimate;
  readonly alpha: PosteriorEstimate;
  /** Root mean square of the localisation error along an axis. */
  readonly sigma: PosteriorEstimate;
}

/** Estimates from the posterior of a track. */
export function summarize(
  grid: GridPosterior,
  { dt, degrees, sigma: ofPoints }: Subject,
  prior: MotionPrior,
): MotionSummary {
  const known = prior.sigma || ofPoints;
  const motion = grid.weights.map(() => new Float64Array(grid.weights[0].length));
  const noise = grid.weights.map(() => new Float64Array(grid.weights[0].length));
  const columns = grid.logQs.length;
  const logDt = Math.log(dt);
  for (let q = 0; q < columns; q++) {
    const shares = sharesOf(grid.logQs[q]);
    const ofMotion = Math.log(shares.motion / 2);
    const ofNoise = Math.log(shares.noise);
    const scale = known ? 2 * Math.log(known) - ofNoise : 0;
    for (let a = 0; a < grid.alphas.length; a++) {
      const cell = a * columns + q;
      for (let e = 0; e < grid.weights.length; e++) {
        const log = known ? scale : grid.logSquares[e][cell] - Math.log(degrees);
        motion[e][cell] = log + ofMotion - grid.alphas[a] * logDt;
        noise[e][cell] = log + ofNoise;
      }
    }
  }
  const marginal = (values: readonly Float64Array[]): Marginal => {
    const parts = values.map((each, e) => ({ values: each, weights: grid.weights[e] }));
    if (known) return marginalOf(parts);
    return withLogChiSquare(marginalOf(parts, reachOfLogChiSquare(degrees)), degrees);
  };
  const ends = excludedEnds(densityOfLogQ(grid), grid.logQRange, prior.logQs);
  const ofD = marginal(motion);
  const diffusion = {
    value: Math.exp(meanOf(ofD)),
    interval: [
      ends.rest ? Math.exp(quantile(ofD, TAIL)) : 0,
      Math.exp(quantile(ofD, 1 - UPPER_TAIL)),
    ] as const,
  };
  const sigma = noiseEstimate(known, prior, () => marginal(noise), ends.noiseless);
  return { diffusion, alpha: alphaOf(grid, prior), sigma };
}

function alphaOf(grid: GridPosterior, { alphas: range }: MotionPrior): PosteriorEstimate {
  const { alphas, logQs, weights } = grid;
  if (range[0] === range[1]) return { value: range[0], interval: [range[0], range[0]] };
  const density = new Float64Array(alphas.length);
  for (const each of weights) {
    for (let cell = 0; cell < each.length; cell++)
      density[Math.floor(cell / logQs.length)] += each[cell];
  }
  const [from, to] = grid.alphaRange;
  const marginal = { from, width: (to - from) / alphas.length, weights: density };
  const least = EXCLUDED * Math.max(...density);
  const open = [
    from === range[0] && density[0] > least,
    to === range[1] && density[density.length - 1] > least,
  ];
  return {
    value: meanOf(marginal),
    interval: [
      open[0] ? range[0] : quantile(marginal, TAIL),
      open[1] ? range[1] : quantile(marginal, 1 - TAIL),
    ],
  };
}

/** The posterior of ln Q, on its cells. */
function densityOfLogQ({ logQs, weights }: GridPosterior): Float64Array {
  const density = new Float64Array(logQs.length);
  for (const each of weights) {
    for (let cell = 0; cell < each.length; cell++) density[cell % logQs.length] += each[cell];
  }
  return density;
}
