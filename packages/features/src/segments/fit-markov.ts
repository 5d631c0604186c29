import { climb, type LawPoint, type LawRange } from './climb.ts';
import { lawOf } from './fit-segment.ts';
import type { MarkovModel } from './markov-model.ts';
import { markovPosterior } from './markov-posterior.ts';
import { addSteps, expectedDensity, noSums } from './state-sums.ts';
import type { Microscope } from './step-law.ts';
import type { TrackSteps } from './track-steps.ts';

/** What a hidden Markov model is fitted to. */
export interface MarkovSample {
  readonly tracks: readonly TrackSteps[];
  readonly dim: number;
  readonly microscope: Microscope;
  readonly range: LawRange;
  /** Steps that a prediction looks back. */
  readonly order: number;
}

/** A fitted model. */
export interface MarkovFit {
  readonly model: MarkovModel;
  readonly points: readonly LawPoint[];
  readonly logLikelihood: number;
  /** Bayesian information criterion: the smaller, the better. */
  readonly bic: number;
}

/** Iterations that a start is tried for, and that the best is followed; an end where the likelihood gains less. */
const TRIAL = 4;
const MOST = 30;
const GAIN = 0.05;
/**
 * Steps before a change and changes that are taken as seen before the tracks are, so that a rate is never 0 nor 1; and how α
 * leans towards 1, which matters for a state at rest alone, whose α nothing else tells.
 */
const BEFORE = { steps: 10, changes: 0.2, alpha: 4 };
/** A start differs by so much from what it is split from. */
const SPLIT: readonly LawPoint[] = [
  { alpha: 0, logDiffusion: 0.8 },
  { alpha: 0.35, logDiffusion: 0 },
];

/**
 * Fits hidden Markov models of 1 to `most` states by expectation–maximisation and gives the one of least BIC. A model of
 * n states is started from each way to split a state of the one before into two, by K and by α; the best after a few
 * iterations is followed. More states are not tried once BIC rises.
 */
export function fitMarkov(sample: MarkovSample, most: number): MarkovFit {
  const { range } = sample;
  const [low, high] = range.logDiffusion;
  const start: LawPoint = { alpha: 0.9, logDiffusion: Math.max(low, high - 3) };
  let best = follow(sample, firstModel(sample, [start]), [start], MOST);
  let last = best;
  for (let states = 2; states <= most; states++) {
    let found: MarkovFit | undefined;
    for (const points of startsFrom(last, range)) {
      const tried = follow(sample, firstModel(sample, points), points, TRIAL);
      if (!found || tried.logLikelihood > found.logLikelihood) found = tried;
    }
    if (!found) break;
    last = follow(sample, found.model, found.points, MOST);
    if (last.bic >= best.bic) break;
    best = last;
  }
  return best;
}

/** Every way to split one of the states into two. */
function startsFrom({ points }: MarkovFit, { logDiffusion: [low, high] }: LawRange): LawPoint[][] {
  return points.flatMap(({ alpha, logDiffusion }, k) =>
    SPLIT.map((by) => {
      const others = points.filter((_, j) => j !== k);
      const place = (sign: number): LawPoint => ({
        alpha: Math.min(1.9, Math.max(0.1, alpha + sign * by.alpha)),
        logDiffusion: Math.min(high, Math.max(low, logDiffusion + sign * by.logDiffusion)),
      });
      return [...others, place(1), place(-1)];
    }),
  );
}

function firstModel({ microscope, order }: MarkovSample, points: readonly LawPoint[]): MarkovModel {
  const states = points.length;
  return {
    laws: points.map((point) => lawOf(point, microscope, order)),
    initial: new Float64Array(states).fill(1 / states),
    leaving: new Float64Array(states).fill(states > 1 ? 0.03 : 0),
    next: Float64Array.from({ length: states * states }, (_, i) =>
      Math.floor(i / states) === i % states ? 0 : 1 / (states - 1),
    ),
  };
}

function follow(
  sample: MarkovSample,
  start: MarkovModel,
  from: readonly LawPoint[],
  iterations: number,
): MarkovFit {
  const { tracks, dim, microscope, range, order } = sample;
  const states = from.length;
  let model = start;
  let points = from;
  let logLikelihood = Number.NEGATIVE_INFINITY;
  for (let iteration = 0; ; iteration++) {
    const sums = Array.from({ length: states }, () => noSums(order));
    const initial = new Float64Array(states).fill(1 / states);
    const changes = new Float64Array(states * states);
    const chances = new Float64Array(states);
    let sum = 0;
    for (const steps of tracks) {
      const posterior = markovPosterior(steps, model);
      sum += posterior.logLikelihood;
      addSteps(sums, steps, posterior);
      for (let k = 0; k < states; k++) {
        initial[k] += posterior.shares[k * posterior.ages];
        chances[k] += posterior.chances[k];
      }
      posterior.changes.forEach((count, i) => {
        changes[i] += count;
      });
    }
    const gained = sum - logLikelihood;
    logLikelihood = sum;
    if (iteration === iterations || gained < GAIN) break;
    const small = { first: iteration === 0 ? 0.3 : 0.08, last: 0.004 };
    points = sums.map((each, k) =>
      climb(
        (alpha, log) =>
          expectedDensity(each, dim, alpha, Math.exp(log), microscope) -
          BEFORE.alpha * (alpha - 1) ** 2,
        points[k],
        range,
        small,
      ),
    );
    model = {
      laws: points.map((point) => lawOf(point, microscope, order)),
      initial: initial.map((value) => value / (tracks.length + 1)),
      ...transitionsOf(changes, chances, states),
    };
  }
  const steps = tracks.reduce((total, { count }) => total + count, 0);
  const parameters = 2 * states + (states - 1) + states * (states - 1);
  return { model, points, logLikelihood, bic: parameters * Math.log(steps) - 2 * logLikelihood };
}

function transitionsOf(changes: Float64Array, chances: Float64Array, states: number) {
  const leaving = new Float64Array(states);
  const next = new Float64Array(states * states);
  if (states === 1) return { leaving, next };
  for (let j = 0; j < states; j++) {
    let left = BEFORE.changes * (states - 1);
    for (let k = 0; k < states; k++) if (k !== j) left += changes[j * states + k];
    leaving[j] = Math.min(0.5, left / (chances[j] + BEFORE.steps));
    for (let k = 0; k < states; k++) {
      if (k !== j) next[j * states + k] = (changes[j * states + k] + BEFORE.changes) / left;
    }
  }
  return { leaving, next };
}
