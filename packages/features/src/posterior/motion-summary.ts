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

/** Estimates from the posterior of a track whose other coordinate is α. */
export function summarize(
  grid: GridPosterior,
  subject: Subject,
  prior: MotionPrior,
): MotionSummary {
  const known = prior.sigma || subject.sigma;
  const columns = grid.logQs.length;
  const logDt = Math.log(subject.dt);
  const shares = Array.from(grid.logQs, sharesOf);
  const ofMotion = shares.map(({ motion }) => Math.log(motion / 2));
  const ofNoise = shares.map(({ noise }) => Math.log(noise));
  const ends = excludedEnds(densityOfLogQ(grid), grid.logQRange, prior.logQs);
  const ofD = scaledMarginal(grid, subject, known, (cell) => {
    const q = cell % columns;
    return ofMotion[q] - grid.coordinates[(cell - q) / columns] * logDt;
  });
  const diffusion = {
    value: Math.exp(meanOf(ofD)),
    interval: [
      ends.rest ? Math.exp(quantile(ofD, TAIL)) : 0,
      Math.exp(quantile(ofD, 1 - UPPER_TAIL)),
    ] as const,
  };
  const noise = () => scaledMarginal(grid, subject, known, (cell) => ofNoise[cell % columns]);
  const sigma = noiseEstimate(known, prior, noise, ends.noiseless);
  return { diffusion, alpha: alphaOf(grid, prior), sigma };
}

/**
 * The posterior of the logarithm of the scale of the steps' variance plus something of the cell; where σ is known, so is the
 * scale of each Q.
 *
 * @param known σ.
 */
export function scaledMarginal(
  grid: GridPosterior,
  { degrees }: Subject,
  known: number | undefined,
  more: (cell: number) => number,
): Marginal {
  const columns = grid.logQs.length;
  const ofSigma =
    known && grid.logQs.map((logQ) => 2 * Math.log(known) - Math.log(sharesOf(logQ).noise));
  const logDegrees = Math.log(degrees);
  const added = Float64Array.from(grid.weights[0], (_, cell) => more(cell));
  const parts = grid.weights.map((weights, e) => ({
    values: added.map(
      (value, cell) =>
        value + (ofSigma ? ofSigma[cell % columns] : grid.logSquares[e][cell] - logDegrees),
    ),
    weights,
  }));
  if (known) return marginalOf(parts);
  return withLogChiSquare(marginalOf(parts, reachOfLogChiSquare(degrees)), degrees);
}

function alphaOf(grid: GridPosterior, { coordinates: range }: MotionPrior): PosteriorEstimate {
  if (range[0] === range[1]) return { value: range[0], interval: [range[0], range[0]] };
  const density = densityOf(grid);
  const [from, to] = grid.range;
  const marginal = { from, width: (to - from) / density.length, weights: density };
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

/** The posterior of the coordinate beside ln Q, on its cells. */
export function densityOf({ coordinates, logQs, weights }: GridPosterior): Float64Array {
  const density = new Float64Array(coordinates.length);
  for (const each of weights) {
    for (let cell = 0; cell < each.length; cell++) {
      density[Math.floor(cell / logQs.length)] += each[cell];
    }
  }
  return density;
}

/** The posterior of ln Q, on its cells. */
export function densityOfLogQ({ logQs, weights }: GridPosterior): Float64Array {
  const density = new Float64Array(logQs.length);
  for (const each of weights) {
    for (let cell = 0; cell < each.length; cell++) density[cell % logQs.length] += each[cell];
  }
  return density;
}
