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
import type { Subject } from './subject.ts';

/** A quantity with a 95 % interval from its posterior. */
export interface PosteriorEstimate {
  /** Posterior mean; of D and σ, of their logarithms. */
  readonly value: number;
  /** 95 % interval; its end is that of the prior's range, 0 for D and σ, where the data do not exclude it. */
  readonly interval: readonly [low: number, high: number];
}

/** What is known of a track's motion. NaN stands for what is not defined or cannot be known. */
export interface MotionSummary {
  /** Generalised diffusion coefficient D, in squared length per time^α: m(t) = 2dD·t^α. */
  readonly diffusion: PosteriorEstimate;
  readonly alpha: PosteriorEstimate;
  /** Root mean square of the localisation error along an axis. */
  readonly sigma: PosteriorEstimate;
}

/** What there is where nothing can be said. */
export const UNKNOWN: PosteriorEstimate = { value: Number.NaN, interval: [Number.NaN, Number.NaN] };

/** An end of a range that is less than so many times as likely as what is most likely is excluded, at a level of 5 %. */
export const EXCLUDED = Math.exp(-1.92);

/** Share of the posterior below an interval, and above that of α. */
export const TAIL = 0.025;
/**
 * Share of the posterior above the interval of D and of σ: less than below, since ln Q is bounded. A posterior that reaches an
 * end of its range has most of its mass on one side of a track whose Q is there, so that 2.5 % would be missed too often.
 */
export const UPPER_TAIL = 0.015;

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
  const ends = excludedEnds(grid, prior);
  const ofD = marginal(motion);
  const diffusion = {
    value: Math.exp(meanOf(ofD)),
    interval: [
      ends.rest ? Math.exp(quantile(ofD, TAIL)) : 0,
      Math.exp(quantile(ofD, 1 - UPPER_TAIL)),
    ] as const,
  };
  return { diffusion, alpha: alphaOf(grid, prior), sigma: sigmaOf() };

  function sigmaOf(): PosteriorEstimate {
    if (known !== undefined && known > 0) return { value: known, interval: [known, known] };
    if (prior.sigma === 0) return { value: 0, interval: [0, 0] };
    const ofNoise = marginal(noise);
    const value = Math.exp(meanOf(ofNoise) / 2);
    // How much of the blur's share is in it is not known, and so no interval is.
    if (prior.exposures.length > 1) return { ...UNKNOWN, value };
    return {
      value,
      interval: [
        ends.noiseless ? Math.exp(quantile(ofNoise, TAIL) / 2) : 0,
        Math.exp(quantile(ofNoise, 1 - UPPER_TAIL) / 2),
      ],
    };
  }
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

/** Whether the data exclude the ends of the range of Q: a particle at rest, and a track without noise. */
function excludedEnds(
  { logQs, logQRange, weights }: GridPosterior,
  { logQs: range }: MotionPrior,
): { readonly rest: boolean; readonly noiseless: boolean } {
  if (range[0] === range[1]) return { rest: true, noiseless: true };
  const density = new Float64Array(logQs.length);
  for (const each of weights) {
    for (let cell = 0; cell < each.length; cell++) density[cell % logQs.length] += each[cell];
  }
  const least = EXCLUDED * Math.max(...density);
  return {
    rest: logQRange[0] > range[0] || density[0] < least,
    noiseless: logQRange[1] < range[1] || density[density.length - 1] < least,
  };
}
