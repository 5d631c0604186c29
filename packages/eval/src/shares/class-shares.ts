import { showAs, tableViews } from '@diffusion/tracks/display';
import { EvaluationError } from '../errors.ts';
import { beforeLosses, type FittedShares, fitAll, softened, uncertaintyOf } from './fit-shares.ts';
import { greatestLikelihood } from './greatest-likelihood.ts';
import { profileInterval } from './profile-interval.ts';
import type { JudgedRows, SimulatedRows } from './rows.ts';

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
  /** Of all tracks, each of which is taken for a particle, in the order of the model's classes. */
  readonly perParticle: readonly ClassShare[];
  /** Of all localisations; absent where nobody says how many points the tracks have. */
  readonly perLocalisation?: readonly ClassShare[];
  /**
   * Of all localisations, those that were lost among them, which are the shares of the particles that are in the focus at any
   * one time; absent where nobody says how many are kept.
   */
  readonly withLosses?: readonly ClassShare[];
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
 * A share per particle counts every track once, per localisation every point of it: classes with longer tracks have more of
 * these. Where some classes lose more of their localisations than others (`observed.kept`), the shares with losses are those
 * per localisation before anything was lost: of a class is kept the harmonic mean of what its tracks say.
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
  const found = sharesOf(observed, simulated, (fitted) =>
    withIntervals(observed, fitted, confidence),
  );
  return showAs(found, ({ tracks, judged, perParticle }) =>
    tableViews({
      title: `shares of the classes among ${tracks} tracks, ${judged} judged`,
      names: ['class', 'share', 'low', 'high', 'reason'],
      count: perParticle.length,
      row: (i) => {
        const { name, share, interval, reason } = perParticle[i];
        return [name, share, interval?.[0], interval?.[1], reason ?? ''];
      },
    }),
  );
}

/** {@link Shares} with intervals of one kind or another. */
export function sharesOf(
  observed: JudgedRows,
  simulated: SimulatedRows,
  intervals: (found: FittedShares) => readonly ClassShare[],
): Shares {
  const { perParticle, perLocalisation, withLosses } = fitAll(observed, simulated);
  const { law, shares } = perParticle;
  const tracks = observed.judged.length;
  const judged = Array.from(observed.judged).filter((value) => value).length;
  const refusals = shares.reduce((sum, share, k) => sum + share * law.refused[k], 0);
  return {
    tracks,
    judged,
    refused: tracks - judged,
    expectedRefused: tracks * refusals,
    simulated: simulated.truth.length,
    perParticle: intervals(perParticle),
    ...(perLocalisation && { perLocalisation: intervals(perLocalisation) }),
    ...(withLosses && { withLosses: intervals(withLosses) }),
  };
}

/**
 * Part of what an interval may miss that is left to the profile, 4 % for 95 %: the law of outcomes, and how much it widens the
 * intervals, are estimates themselves, and at 5 % some cells of the benchmark held 92 %.
 */
const MISSED = 0.8;

/** Shares with the intervals for tracks that have nothing to do with each other. */
export function withIntervals(
  { classes, judged }: JudgedRows,
  found: FittedShares,
  confidence: number,
): ClassShare[] {
  const { law, mixture, shares, logLikelihood } = found;
  const level = 1 - MISSED * (1 - confidence);
  const best = beforeLosses(shares, mixture.kept);
  // What the barrier alone keeps from 0 is none, and belongs to the others: of one track it would be some percent.
  const given = best.map((share) => (share < 0.02 / judged.length ? 0 : share));
  const all = given.reduce((sum, share) => sum + share, 0);
  const sure = judged.length > 0 && law.known.length > 1 ? uncertaintyOf(found) : undefined;
  return classes.map((name, code) => {
    const k = law.known.indexOf(code);
    if (k < 0) return { name, share: Number.NaN, reason: 'no simulated track of this class' };
    if (judged.length === 0) return { name, share: Number.NaN, reason: 'no tracks' };
    if (!sure) return { name, share: 1, reason: 'no simulated track of another class' };
    let [near, at] = [best[k], shares];
    const profile = (share: number): number => {
      const isNear = Math.abs(share - near) < 0.1;
      const start = softened(isNear ? at : shares, 10 * judged.length + 10);
      const there = greatestLikelihood(mixture, start, { k, share }, isNear);
      [near, at] = [share, there.shares];
      return (there.logLikelihood - logLikelihood) / sure.widening[k];
    };
    const share = given[k] / all;
    return { name, share, interval: profileInterval(profile, best[k], level) };
  });
}
