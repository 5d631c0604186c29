import { Matrix, solve } from 'ml-matrix';
import { EvaluationError } from '../errors.ts';
import { greatestLikelihood, type Mixture } from './greatest-likelihood.ts';
import { type OutcomeLaw, outcomeLaw } from './outcome-law.ts';
import { profileInterval } from './profile-interval.ts';
import { checkRows, checkSimulated, type JudgedRows, type SimulatedRows } from './rows.ts';

/** Options of {@link classShares}. */
export interface SharesOptions {
  /** 0.95 when absent. */
  readonly confidence?: number;
}

/** Share of a class. */
export interface ClassShare {
  readonly name: string;
  /** Of greatest likelihood; NaN where there is none. */
  readonly share: number;
  readonly interval?: readonly [low: number, high: number];
  /** Why there is no share or no interval. */
  readonly reason?: string;
}

/** What {@link classShares} finds. */
export interface Shares {
  readonly tracks: number;
  readonly judged: number;
  readonly refused: number;
  /** How many tracks the model would refuse of as many simulated ones with these shares. */
  readonly expectedRefused: number;
  readonly simulated: number;
  /** Of all particles, in the order of the model's classes. */
  readonly perParticle: readonly ClassShare[];
  /** Of all localisations; absent where nobody says how many points the tracks have. */
  readonly perLocalisation?: readonly ClassShare[];
}

/**
 * How many of a file's particles move in which way, with intervals: one model over the outcomes of all tracks, each of which is
 * the probabilities that the network gave or its refusal. The likelihood of shares π is ∏ᵢ Σ_k π_k L_k(outcome i), with the
 * likelihoods of an outcome per class from simulated tracks that the same model judged: what it mistakes, and refuses, more often in one
 * class than in another is corrected. Nothing is taken from the shares of classes among the simulated tracks: label shift.
 * The tracks themselves must be like the simulated ones of their class: a shift within a class is corrected only by simulating
 * tracks like those of the file.
 *
 * The intervals are those of the profile likelihood ({@link profileInterval} says at which level), which is widened by what the
 * simulation's finite number of tracks adds to the variance of each share. They hold for tracks that have nothing to do with each other; cells or files that differ are
 * compared by {@link compareConditions}.
 *
 * A share per particle counts every particle once, per localisation every point of its tracks: classes with longer tracks have more
 * of these. Where particles leave no track or several (`simulated.particles`), those per particle are corrected for it.
 *
 * Throws {@link EvaluationError} for columns that do not fit together, or a confidence that is not between 0 and 1.
 *
 * Sources: M. Saerens, P. Latinne, C. Decaestecker, Neural Comput. 14 (2002) 21; Z. Lipton, Y.-X. Wang, A. Smola, ICML 2018;
 * S. Garg, Y. Wu, S. Balakrishnan, Z. Lipton, NeurIPS 2020.
 *
 * @example
 * const { probabilities, reasons, classes } = await model.predict(tracks);
 * const judged = Uint8Array.from(reasons, (reason) => (reason ? 0 : 1));
 * classShares({ classes, probabilities, judged }, simulated).perParticle[2] // { name: 'brownian', share: 0.41, interval: [0.35, 0.47] }
 */
export function classShares(
  observed: JudgedRows,
  simulated: SimulatedRows,
  { confidence = 0.95 }: SharesOptions = {},
): Shares {
  if (!(confidence > 0 && confidence < 1)) {
    throw new EvaluationError(`confidence is ${confidence}: expected a number between 0 and 1`);
  }
  const { classes, judged, points } = observed;
  const count = checkRows('observed', observed, classes.length);
  const ones = new Float64Array(count).fill(1);
  const found = fitShares(observed, simulated, ones);
  const byLength = points && fitPerLocalisation(observed, simulated, points);
  const said = Array.from(judged).filter((value) => value).length;
  const { law, shares } = found;
  const refusals = shares.reduce((sum, share, k) => sum + share * law.refused[k], 0);
  return {
    tracks: count,
    judged: said,
    refused: count - said,
    expectedRefused: count * refusals,
    simulated: simulated.truth.length,
    perParticle: withIntervals(observed, found, confidence),
    ...(byLength && { perLocalisation: withIntervals(observed, byLength, confidence) }),
  };
}

/** Shares of greatest likelihood and what they were found with. */
export interface FittedShares {
  readonly law: OutcomeLaw;
  readonly mixture: Mixture;
  /** Of the tracks, per known class. */
  readonly shares: Float64Array;
  readonly logLikelihood: number;
  /** The simulated rows and their weights. */
  readonly simulated: SimulatedRows;
  readonly simulatedWeights?: ArrayLike<number>;
}

/** Shares per localisation: every track, simulated or not, is as heavy as it has points. */
function fitPerLocalisation(
  observed: JudgedRows,
  simulated: SimulatedRows,
  points: ArrayLike<number>,
): FittedShares {
  const sum = Array.from(points).reduce((a, b) => a + b, 0);
  const weights = Float64Array.from(points, (value) => (value * points.length) / sum);
  const { particles: _, ...rows } = simulated;
  return fitShares(observed, rows, weights, simulated.length);
}

/** How often the offsets of the law are made those of the shares that were found. */
const ROUNDS = 3;

/**
 * The shares of greatest likelihood. The averages of the law of outcomes are met at the shares of the file, half a track added
 * to each class.
 */
export function fitShares(
  observed: JudgedRows,
  simulated: SimulatedRows,
  weights: Float64Array,
  simulatedWeights?: ArrayLike<number>,
): FittedShares {
  const classes = observed.classes.length;
  checkSimulated(simulated, classes);
  let law = outcomeLaw(simulated, classes, simulatedWeights);
  const K = law.known.length;
  const tracks = tracksPerParticle(simulated, law.known);
  let shares: Float64Array = new Float64Array(K).fill(1 / K);
  let logLikelihood = 0;
  let mixture: Mixture = { classes: K, likelihoods: new Float64Array(0), weights, tracks };
  if (K === 0) return { law, mixture, shares, logLikelihood, simulated, simulatedWeights };
  for (let round = 0; round < ROUNDS; round++) {
    if (round > 0) law = law.at(softened(shares, weights.length));
    mixture = { classes: K, likelihoods: law.of(observed), weights, tracks };
    ({ shares, logLikelihood } = greatestLikelihood(mixture, softened(shares, weights.length)));
  }
  return { law, mixture, shares, logLikelihood, simulated, simulatedWeights };
}

/** Shares with half a track more in each class: none is 0. */
function softened(shares: Float64Array, count: number): Float64Array {
  return shares.map((share) => (count * share + 0.5) / (count + shares.length / 2));
}

/** Tracks that a particle of each class leaves. */
function tracksPerParticle(
  { truth, particles }: SimulatedRows,
  known: readonly number[],
): Float64Array {
  const counts = new Float64Array(known.length);
  for (const code of Array.from(truth)) counts[known.indexOf(code)]++;
  return counts.map((tracks, k) => (particles ? tracks / particles[known[k]] : 1));
}

/** Shares of the particles, given those of the tracks. */
export function perParticle(shares: Float64Array, tracks: Float64Array): Float64Array {
  const particles = shares.map((share, k) => share / tracks[k]);
  const sum = particles.reduce((a, b) => a + b, 0);
  return particles.map((value) => value / sum);
}

function withIntervals(
  { classes, judged }: JudgedRows,
  found: FittedShares,
  confidence: number,
): ClassShare[] {
  const { law, mixture, shares, logLikelihood } = found;
  const particles = perParticle(shares, mixture.tracks);
  const widening = judged.length > 0 && law.known.length > 1 ? wideningOf(found) : undefined;
  return classes.map((name, code) => {
    const k = law.known.indexOf(code);
    if (k < 0) return { name, share: Number.NaN, reason: 'no simulated track of this class' };
    if (judged.length === 0) return { name, share: Number.NaN, reason: 'no tracks' };
    if (!widening) return { name, share: 1, reason: 'no simulated track of another class' };
    let [near, at] = [particles[k], shares];
    const profile = (share: number): number => {
      const start = softened(Math.abs(share - near) < 0.1 ? at : shares, 10 * judged.length + 10);
      const there = greatestLikelihood(mixture, start, { k, share });
      [near, at] = [share, there.shares];
      return (there.logLikelihood - logLikelihood) / widening[k];
    };
    const share = particles[k] < 1e-4 / judged.length ? 0 : particles[k];
    return { name, share, interval: profileInterval(profile, particles[k], confidence) };
  });
}

/**
 * By how much the variance of each share of the particles is greater than the curvature of the likelihood says: the score of
 * the shares has the variance of the file's rows and that of the simulated averages that it is compared with.
 */
function wideningOf(found: FittedShares): Float64Array {
  const { mixture, law, simulated, simulatedWeights } = found;
  const { classes: K, likelihoods, weights, tracks } = mixture;
  const count = weights.length;
  const shares = softened(found.shares, count);
  const curvature = Matrix.zeros(K, K);
  const spread = Matrix.zeros(K, K);
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
    for (const i of rows) {
      scoreOf(simulatedLikelihoods, i);
      for (let k = 0; k < K; k++) score[k] -= mean[k];
      add(spread, (count * shares[place] * ((simulatedWeights?.[i] ?? 1) / total)) ** 2);
    }
  });
  for (let k = 0; k < K; k++) {
    const held = 0.5 / shares[k] ** 2;
    curvature.set(k, k, curvature.get(k, k) + held);
    spread.set(k, k, spread.get(k, k) + held);
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
  const sum = shares.reduce((total, share, k) => total + share / tracks[k], 0);
  return Float64Array.from({ length: K }, (_, k) => {
    const own = shares[k] / tracks[k] / sum;
    const slope = Matrix.columnVector(
      Array.from(tracks, (t, l) => ((l === k ? 1 : 0) - own) / (t * sum)),
    );
    const direction = across.mmul(slope);
    const solved = solve(inner, direction);
    const usual = direction.transpose().mmul(solved).get(0, 0);
    const whole = solved.transpose().mmul(outer).mmul(solved).get(0, 0);
    return Math.max(1, whole / usual);
  });
}
