import { Matrix, solve } from 'ml-matrix';
import { greatestLikelihood, type Mixture } from './greatest-likelihood.ts';
import { type OutcomeLaw, outcomeLaw } from './outcome-law.ts';
import { checkRows, checkSimulated, type JudgedRows, type SimulatedRows } from './rows.ts';

/** Shares of greatest likelihood and what they were found with. */
export interface FittedShares {
  readonly law: OutcomeLaw;
  readonly mixture: Mixture;
  /** Of what is in the file, per known class. */
  readonly shares: Float64Array;
  readonly logLikelihood: number;
  /** The simulated rows and their weights. */
  readonly simulated: SimulatedRows;
  readonly simulatedWeights?: ArrayLike<number>;
}

/** What there is a share of, each with how it is found. */
export interface Fits {
  readonly perParticle: FittedShares;
  readonly perLocalisation?: FittedShares;
  readonly withLosses?: FittedShares;
}

/** The shares of greatest likelihood of everything that the columns tell of. */
export function fitAll(observed: JudgedRows, simulated: SimulatedRows): Fits {
  const classes = observed.classes.length;
  const count = checkRows('observed', observed, classes);
  checkSimulated(simulated, classes);
  const { points, kept } = observed;
  const law = outcomeLaw(simulated, classes);
  const perParticle = fitShares(observed, simulated, law, new Float64Array(count).fill(1));
  const perLocalisation = points && fitPerLocalisation(observed, simulated, law, points);
  return {
    perParticle,
    perLocalisation,
    withLosses: perLocalisation && kept && withLosses(perLocalisation, kept),
  };
}

/** Shares per localisation: every track, simulated or not, is as heavy as it has points. */
function fitPerLocalisation(
  observed: JudgedRows,
  simulated: SimulatedRows,
  law: OutcomeLaw,
  points: ArrayLike<number>,
): FittedShares {
  const sum = Array.from(points).reduce((a, b) => a + b, 0);
  const weights = Float64Array.from(points, (value) => (value * points.length) / sum);
  const { length } = simulated;
  return fitShares(observed, simulated, length ? law.weighted(length) : law, weights, length);
}

/** What is kept of every class, by the probabilities with which the tracks are of it. */
function withLosses(found: FittedShares, kept: ArrayLike<number>): FittedShares {
  const { mixture, shares } = found;
  const { classes: K, likelihoods, weights } = mixture;
  const whole = new Float64Array(K);
  const seen = new Float64Array(K);
  for (let i = 0; i < weights.length; i++) {
    if (Number.isNaN(kept[i])) continue;
    let sum = 0;
    for (let k = 0; k < K; k++) sum += shares[k] * likelihoods[i * K + k];
    for (let k = 0; k < K; k++) {
      const part = (weights[i] * shares[k] * likelihoods[i * K + k]) / sum;
      seen[k] += part;
      whole[k] += part / kept[i];
    }
  }
  return {
    ...found,
    mixture: { ...mixture, kept: seen.map((part, k) => (part > 0 ? part / whole[k] : 1)) },
  };
}

/** How often the offsets of the law are made those of the shares that were found. */
const ROUNDS = 3;

/**
 * The shares of greatest likelihood. The averages of the law of outcomes are met at the shares of the file, half a track added
 * to each class.
 */
function fitShares(
  observed: JudgedRows,
  simulated: SimulatedRows,
  first: OutcomeLaw,
  weights: Float64Array,
  simulatedWeights?: ArrayLike<number>,
): FittedShares {
  let law = first;
  const K = law.known.length;
  const kept = new Float64Array(K).fill(1);
  let shares: Float64Array = new Float64Array(K).fill(1 / K);
  let logLikelihood = 0;
  let mixture: Mixture = { classes: K, likelihoods: new Float64Array(0), weights, kept };
  if (K === 0) return { law, mixture, shares, logLikelihood, simulated, simulatedWeights };
  for (let round = 0; round < ROUNDS; round++) {
    if (round > 0) law = law.at(softened(shares, weights.length));
    mixture = { classes: K, likelihoods: law.of(observed), weights, kept };
    ({ shares, logLikelihood } = greatestLikelihood(mixture, softened(shares, weights.length)));
  }
  return { law, mixture, shares, logLikelihood, simulated, simulatedWeights };
}

/** Shares with half a track more in each class: none is 0. */
export function softened(shares: Float64Array, count: number): Float64Array {
  return shares.map((share) => (count * share + 0.5) / (count + shares.length / 2));
}

/** Shares before the losses, given those in the file. */
export function beforeLosses(shares: Float64Array, kept: Float64Array): Float64Array {
  const whole = shares.map((share, k) => share / kept[k]);
  const sum = whole.reduce((a, b) => a + b, 0);
  return whole.map((value) => value / sum);
}

/** How sure the shares are. */
export interface Uncertainty {
  /**
   * By how much the variance of each share is greater than the curvature of the likelihood says: the score of the shares has
   * the variance of the file's rows and that of the simulated averages that it is compared with.
   */
  readonly widening: Float64Array;
  /** The variance that comes from the simulation alone: it is finite, and not sure how the tracks of a class are. */
  readonly simulation: Float64Array;
}

/** The {@link Uncertainty} of shares of two classes or more. */
export function uncertaintyOf(found: FittedShares): Uncertainty {
  const { mixture, law, simulated, simulatedWeights } = found;
  const { classes: K, likelihoods, weights, kept } = mixture;
  const count = weights.length;
  const shares = softened(found.shares, count);
  const curvature = Matrix.zeros(K, K);
  const spread = Matrix.zeros(K, K);
  const simulation = Matrix.zeros(K, K);
  // By how much the mean score falls where the shares rise: what the simulation says, whatever the form of the law.
  const fall = Matrix.zeros(K, K);
  const score = new Float64Array(K);
  const scoreOf = (of: Float64Array, i: number): void => {
    let sum = 0;
    for (let k = 0; k < K; k++) sum += shares[k] * of[i * K + k];
    for (let k = 0; k < K; k++) score[k] = of[i * K + k] / sum;
  };
  const add = (to: Matrix, weight: number): void => {
    for (let k = 0; k < K; k++) {
      for (let l = 0; l < K; l++) to.set(k, l, to.get(k, l) + weight * score[k] * score[l]);
    }
  };
  for (let i = 0; i < count; i++) {
    scoreOf(likelihoods, i);
    add(curvature, weights[i]);
    add(spread, weights[i] ** 2);
  }
  // Of the mean score of the simulated tracks of each class, its variance.
  const simulatedLikelihoods = law.of(simulated);
  law.known.forEach((code, place) => {
    const rows = Array.from(simulated.truth.length ? simulated.truth : [], (value, i) =>
      value === code ? i : -1,
    ).filter((i) => i >= 0 && (simulatedWeights?.[i] ?? 1) > 0);
    const total = rows.reduce((sum, i) => sum + (simulatedWeights?.[i] ?? 1), 0);
    const mean = new Float64Array(K);
    for (const i of rows) {
      scoreOf(simulatedLikelihoods, i);
      for (let k = 0; k < K; k++) mean[k] += (score[k] * (simulatedWeights?.[i] ?? 1)) / total;
    }
    for (let k = 0; k < K; k++) fall.set(k, place, count * mean[k]);
    for (const i of rows) {
      scoreOf(simulatedLikelihoods, i);
      for (let k = 0; k < K; k++) score[k] -= mean[k];
      add(simulation, (count * shares[place] * ((simulatedWeights?.[i] ?? 1) / total)) ** 2);
    }
  });
  for (const moved of lawsMoved(found, shares, simulatedLikelihoods)) {
    const weight = count ** 2 / simulated.alternatives!.length;
    for (let k = 0; k < K; k++) {
      for (let l = 0; l < K; l++) {
        simulation.set(k, l, simulation.get(k, l) + weight * moved[k] * moved[l]);
      }
    }
  }
  for (let k = 0; k < K; k++) {
    // Half a track keeps directions of which a few rows say nothing from being endless.
    for (const matrix of [curvature, fall, spread]) matrix.set(k, k, matrix.get(k, k) + 0.5);
  }
  // Directions in which the shares keep their sum.
  const basis = Matrix.zeros(K, K - 1);
  for (let j = 0; j < K - 1; j++) {
    basis.set(j, j, 1);
    basis.set(K - 1, j, -1);
  }
  const across = basis.transpose();
  const inner = across.mmul(curvature).mmul(basis);
  const outer = across.mmul(spread).mmul(basis);
  const falling = across.mmul(fall).mmul(basis).transpose();
  const added = across.mmul(simulation).mmul(basis);
  // A few heavy rows say little about their own variance; it is at least that of as many equal ones as they are worth.
  const heavy = weights.reduce((sum, weight) => sum + weight ** 2, 0) / count;
  const sum = shares.reduce((total, share, k) => total + share / kept[k], 0);
  const widening = new Float64Array(K);
  const bySimulation = new Float64Array(K);
  for (let k = 0; k < K; k++) {
    const own = shares[k] / kept[k] / sum;
    const slope = Matrix.columnVector(
      Array.from(kept, (t, l) => ((l === k ? 1 : 0) - own) / (t * sum)),
    );
    const direction = across.mmul(slope);
    const usual = direction.transpose().mmul(solve(inner, direction)).get(0, 0);
    const solved = solve(falling, direction);
    const of = (spreads: Matrix) => solved.transpose().mmul(spreads).mmul(solved).get(0, 0);
    bySimulation[k] = of(added);
    widening[k] = Math.max(heavy, of(outer) / usual) + bySimulation[k] / usual;
  }
  return { widening, simulation: bySimulation };
}

/**
 * By how much the mean score of a track of the file differs from that of the simulated rows, were the tracks of the classes as
 * each of the alternatives has them.
 */
function lawsMoved(
  { law: { known }, simulated, simulatedWeights }: FittedShares,
  shares: Float64Array,
  likelihoods: Float64Array,
): Float64Array[] {
  const { truth, alternatives = [] } = simulated;
  const K = known.length;
  const rows = truth.length;
  const placeOf = new Map(known.map((code, place) => [code, place]));
  const places = Int32Array.from({ length: rows }, (_, i) => placeOf.get(truth[i]) ?? -1);
  const scores = new Float64Array(rows * K);
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let k = 0; k < K; k++) sum += shares[k] * likelihoods[i * K + k];
    for (let k = 0; k < K; k++) scores[i * K + k] = likelihoods[i * K + k] / sum;
  }
  const meanOf = (weights?: ArrayLike<number>) => {
    const total = new Float64Array(K);
    const means = new Float64Array(K * K);
    for (let i = 0; i < rows; i++) {
      if (places[i] < 0) continue;
      const weight = (weights?.[i] ?? 1) * (simulatedWeights?.[i] ?? 1);
      total[places[i]] += weight;
      for (let k = 0; k < K; k++) means[places[i] * K + k] += weight * scores[i * K + k];
    }
    return means.map((sum, at) => sum / total[Math.floor(at / K)]);
  };
  const usual = meanOf();
  return alternatives.map((weights) => {
    const means = meanOf(weights);
    const moved = new Float64Array(K);
    for (let of = 0; of < K; of++) {
      for (let k = 0; k < K; k++) {
        const by = means[of * K + k] - usual[of * K + k];
        // A class without a track there says nothing of itself.
        if (Number.isFinite(by)) moved[k] += shares[of] * by;
      }
    }
    return moved;
  });
}
