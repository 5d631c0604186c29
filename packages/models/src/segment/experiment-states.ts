import type { PointPrior } from '../card.ts';
import { IMMOBILE } from '../domain/domain.ts';
import { type EstimatedSegment, withIntervals } from './segment-of-points.ts';

/** A state that segments of one experiment are in. */
export interface ExperimentState {
  /** Whether nothing moves in it. */
  readonly immobile: boolean;
  /** Share of the points of all segments. */
  readonly share: number;
  /** Mean and standard deviation of α, and of ln K; 0 and −∞ where nothing moves. */
  readonly alpha: number;
  readonly alphaDeviation: number;
  readonly logDiffusion: number;
  readonly logDiffusionDeviation: number;
}

/** A component in (α, ln K): its weight, mean and variances. */
interface Component {
  weight: number;
  mean: [number, number];
  variance: [number, number];
}

/** Most states that are looked for, beside one in which nothing moves. */
const MOST = 4;

/** Numbers that a component has, and the one that the weights have less. */
const NUMBERS = 5;

/**
 * Least deviations of a state's α and ln K. That of ln K is wide: a network's K of a long segment is better than it says, and only that
 * of a short one is drawn.
 */
const LEAST = [0.05, 0.5] as const;

const ROUNDS = 200;

/**
 * The states of an experiment from its segments, and the segments drawn towards them. Those that move are a mixture of normal
 * laws in (α, ln K), seen through the errors that each segment's spreads say ("extreme deconvolution", Bovy et al. 2011, with
 * diagonal covariances), of as many as the Bayesian information criterion wants; the drawn segments are the posterior means
 * under it. What a segment of few points leaves open, the others of the experiment say.
 *
 * @param segments of all tracks of one experiment.
 * @param priors what was known of each before its track was seen, which is taken out of it: the experiment says that better. Its ln K
 *   is that of K in the unit of the segments. Nothing is taken out where it is left out.
 *
 * @example
 * const { states, shrunk } = experimentStates(segments.flat());
 */
export function experimentStates(
  segments: readonly EstimatedSegment[],
  priors?: readonly PointPrior[],
): {
  readonly states: readonly ExperimentState[];
  readonly shrunk: readonly EstimatedSegment[];
} {
  const moves = ({ state, diffusion }: EstimatedSegment) => state !== IMMOBILE && diffusion > 0;
  const moving = segments.filter(moves);
  const ofMoving = priors?.filter((_, i) => moves(segments[i]));
  const data = moving.map(({ alpha, diffusion, alphaSpread, diffusionSpread }, i) => {
    const both = [
      withoutPrior(alpha, alphaSpread, ofMoving?.[i].alpha),
      withoutPrior(Math.log(diffusion), diffusionSpread, ofMoving?.[i].diffusion),
    ];
    return {
      value: both.map(({ value }) => value) as [number, number],
      variance: both.map(({ variance }) => variance) as [number, number],
    };
  });
  const frames = (of: readonly EstimatedSegment[]) =>
    of.reduce((sum, { from, to }) => sum + to - from, 0);
  const all = Math.max(1, frames(segments));
  let best: Fit | undefined;
  for (let count = 1; count <= Math.min(MOST, data.length); count++) {
    const fit = fitted(data, count);
    if (!best || fit.criterion < best.criterion) best = fit;
  }
  const components = best?.components ?? [];
  const weights = components.map(() => 0);
  const drawn = new Map<EstimatedSegment, EstimatedSegment>();
  for (const [i, segment] of moving.entries()) {
    const { shares } = sharesOf(data[i], components);
    const moments = [0, 1].map((axis) => {
      const parts = components.map((component, k) => {
        const { mean, variance } = posterior(data[i], component, axis);
        return { share: shares[k], mean, variance };
      });
      const mean = parts.reduce((sum, part) => sum + part.share * part.mean, 0);
      const variance = parts.reduce(
        (sum, part) => sum + part.share * (part.variance + (part.mean - mean) ** 2),
        0,
      );
      return { mean, deviation: Math.sqrt(variance) };
    });
    for (const [k, share] of shares.entries()) weights[k] += share * (segment.to - segment.from);
    const [alpha, log] = moments;
    drawn.set(segment, {
      ...segment,
      ...withIntervals(alpha.mean, alpha.deviation, log.mean, log.deviation),
    });
  }
  const still = frames(segments) - frames(moving);
  const states: ExperimentState[] = components.map(({ mean, variance }, k) => ({
    immobile: false,
    share: weights[k] / all,
    alpha: mean[0],
    alphaDeviation: Math.sqrt(variance[0]),
    logDiffusion: mean[1],
    logDiffusionDeviation: Math.sqrt(variance[1]),
  }));
  if (still > 0) {
    states.push({
      immobile: true,
      share: still / all,
      alpha: 0,
      alphaDeviation: 0,
      logDiffusion: Number.NEGATIVE_INFINITY,
      logDiffusionDeviation: 0,
    });
  }
  states.sort((a, b) => b.logDiffusion - a.logDiffusion);
  return { states, shrunk: segments.map((segment) => drawn.get(segment) ?? segment) };
}

/** Least share of the precision of an answer that is taken for what the track said. */
const TOLD = 0.25;

/** What a track by itself said, of an answer that is its product with a normal law. */
function withoutPrior(
  value: number,
  spread: number,
  prior: PointPrior['alpha'] | undefined,
): { value: number; variance: number } {
  const precision = 1 / spread ** 2;
  if (!prior) return { value, variance: 1 / precision };
  const before = Math.min(1 / prior.deviation ** 2, (1 - TOLD) * precision);
  const own = precision - before;
  return { value: (value * precision - prior.mean * before) / own, variance: 1 / own };
}

interface Datum {
  readonly value: readonly [number, number];
  readonly variance: readonly [number, number];
}

interface Fit {
  readonly components: Component[];
  /** −2 ln L + numbers · ln N. */
  readonly criterion: number;
}

/** The best of two beginnings: components one after the other along ln K, or along α. */
function fitted(data: readonly Datum[], count: number): Fit {
  const fits = (count === 1 ? [1] : [0, 1]).map((axis) =>
    fittedFrom(data, parted(data, count, axis)),
  );
  return fits.reduce((best, fit) => (fit.criterion < best.criterion ? fit : best));
}

/** Components of equally many data each, in the order of one axis. */
function parted(data: readonly Datum[], count: number, along: number): Component[] {
  const sorted = [...data].sort((a, b) => a.value[along] - b.value[along]);
  return Array.from({ length: count }, (_, k) => {
    const part = sorted.slice(
      Math.floor((k * data.length) / count),
      Math.floor(((k + 1) * data.length) / count),
    );
    const moments = [0, 1].map((axis) => {
      const mean = part.reduce((sum, { value }) => sum + value[axis], 0) / part.length;
      const variance =
        part.reduce((sum, { value }) => sum + (value[axis] - mean) ** 2, 0) / part.length;
      return [mean, Math.max(variance, LEAST[axis] ** 2)];
    });
    const [mean, variance] = [0, 1].map((m) => moments.map((of) => of[m]) as [number, number]);
    return { weight: part.length / data.length, mean, variance };
  });
}

function fittedFrom(data: readonly Datum[], begun: Component[]): Fit {
  let components = begun;
  let likelihood = Number.NEGATIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const next = components.map(() => ({ weight: 0, sums: [0, 0], squares: [0, 0] }));
    let sum = 0;
    const each = data.map((datum) => {
      const { shares, log } = sharesOf(datum, components);
      sum += log;
      return shares;
    });
    for (const [k, component] of components.entries()) {
      for (const [i, datum] of data.entries()) {
        next[k].weight += each[i][k];
        for (const axis of [0, 1]) {
          next[k].sums[axis] += each[i][k] * posterior(datum, component, axis).mean;
        }
      }
      for (const [i, datum] of data.entries()) {
        for (const axis of [0, 1]) {
          const { mean, variance } = posterior(datum, component, axis);
          const centre = next[k].sums[axis] / next[k].weight;
          next[k].squares[axis] += each[i][k] * (variance + (mean - centre) ** 2);
        }
      }
    }
    components = components.map((before, k) => {
      const { weight, sums, squares } = next[k];
      // One that nothing belongs to stays as it is and weighs nothing.
      if (!(weight > 1e-6)) return { ...before, weight: 0 };
      const moment = (of: number[], least: readonly number[]) =>
        of.map((value, axis) => Math.max(least[axis], value / weight)) as [number, number];
      return {
        weight: weight / data.length,
        mean: moment(sums, [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]),
        variance: moment(
          squares,
          LEAST.map((deviation) => deviation ** 2),
        ),
      };
    });
    if (sum - likelihood < 1e-6 * data.length && round > 5) {
      likelihood = sum;
      break;
    }
    likelihood = sum;
  }
  const numbers = NUMBERS * components.length - 1;
  return { components, criterion: -2 * likelihood + numbers * Math.log(data.length) };
}

/** How much of a datum belongs to each component, and the logarithm of its density. */
function sharesOf(
  { value, variance }: Datum,
  components: readonly Component[],
): { shares: number[]; log: number } {
  const logs = components.map((component) => {
    let log = Math.log(component.weight);
    for (const axis of [0, 1]) {
      const total = component.variance[axis] + variance[axis];
      log -=
        (Math.log(2 * Math.PI * total) + (value[axis] - component.mean[axis]) ** 2 / total) / 2;
    }
    return log;
  });
  const most = Math.max(...logs);
  const sum = logs.reduce((total, log) => total + Math.exp(log - most), 0);
  return { shares: logs.map((log) => Math.exp(log - most) / sum), log: most + Math.log(sum) };
}

/** What a datum is under a component, along an axis. */
function posterior(
  { value, variance }: Datum,
  component: Component,
  axis: number,
): { mean: number; variance: number } {
  const total = component.variance[axis] + variance[axis];
  const gain = component.variance[axis] / total;
  return {
    mean: component.mean[axis] + gain * (value[axis] - component.mean[axis]),
    variance: gain * variance[axis],
  };
}
