import type { MarkovPosterior } from './markov-posterior.ts';
import type { Microscope } from './step-law.ts';
import { stepLaw } from './step-law.ts';
import type { TrackSteps } from './track-steps.ts';

/**
 * What the steps of all tracks tell of the law of one state, weighted with its probability: products of every step with those
 * before it, by how many of them it is predicted from.
 */
export interface StateSums {
  readonly order: number;
  /** Weight of the steps that are predicted from r others. */
  readonly weight: Float64Array;
  /** Sums of x[t − i]·x[t − j], j ≤ i ≤ r, over those steps and the axes, at i (i + 1) / 2 + j, for each r. */
  readonly products: readonly Float64Array[];
  /** Weights and sums of squares of displacements over gaps, by their frames. */
  readonly gaps: Map<number, [weight: number, square: number]>;
}

/** Sums of nothing yet. */
export function noSums(order: number): StateSums {
  return {
    order,
    weight: new Float64Array(order + 1),
    products: Array.from(
      { length: order + 1 },
      (_, r) => new Float64Array(((r + 1) * (r + 2)) / 2),
    ),
    gaps: new Map(),
  };
}

/** Adds the steps of a track to the sums of every state. */
export function addSteps(
  sums: readonly StateSums[],
  steps: TrackSteps,
  { shares, ages }: MarkovPosterior,
): void {
  const { axes, count, lags, before } = steps;
  const { order } = sums[0];
  const own = new Float64Array(((order + 1) * (order + 2)) / 2);
  for (let t = 0; t < count; t++) {
    const deepest = Math.min(order, before[t]);
    own.fill(0);
    for (const x of axes) {
      for (let i = 0, place = 0; i <= deepest; i++) {
        for (let j = 0; j <= i; j++) own[place++] += x[t - i] * x[t - j];
      }
    }
    sums.forEach(({ weight, products, gaps }, k) => {
      const at = (t * sums.length + k) * ages;
      if (lags[t] > 1) {
        const [w, square] = gaps.get(lags[t]) ?? [0, 0];
        let share = 0;
        for (let r = 0; r < ages; r++) share += shares[at + r];
        gaps.set(lags[t], [w + share, square + share * own[0]]);
        return;
      }
      for (let r = 0; r <= order; r++) {
        const share = shares[at + r];
        if (share < 1e-6) continue;
        const depth = Math.min(r, deepest);
        weight[depth] += share;
        const into = products[depth];
        for (let i = 0; i < into.length; i++) into[i] += share * own[i];
      }
    });
  }
}

/** Expected ln of the density of all steps of a state under a law; less a constant. */
export function expectedDensity(
  { order, weight, products, gaps }: StateSums,
  dim: number,
  alpha: number,
  diffusion: number,
  microscope: Microscope,
): number {
  const law = stepLaw(alpha, diffusion, microscope, order);
  let sum = 0;
  const filter = new Float64Array(order + 1);
  filter[0] = 1;
  for (let r = 0; r <= order; r++) {
    if (r > 0) {
      // The predictor of order r from that of order r − 1, by its partial autocorrelation.
      for (let i = 1, j = r - 1; i <= j; i++, j--) {
        const [first, last] = [filter[i], filter[j]];
        filter[i] = first - law.partial[r] * last;
        filter[j] = last - law.partial[r] * first;
      }
      filter[r] = -law.partial[r];
    }
    if (weight[r] === 0) continue;
    let square = 0;
    for (let i = 0, place = 0; i <= r; i++) {
      for (let j = 0; j < i; j++) square += 2 * filter[i] * filter[j] * products[r][place++];
      square += filter[i] * filter[i] * products[r][place++];
    }
    sum -= 0.5 * (dim * weight[r] * law.logVariance[r] + square / law.variance[r]);
  }
  for (const [lag, [share, square]] of gaps) {
    const variance = law.over(lag);
    sum -= 0.5 * (dim * share * Math.log(2 * Math.PI * variance) + square / variance);
  }
  return sum;
}
