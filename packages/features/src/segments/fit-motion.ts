import { LOOKS_BACK } from './motion-densities.ts';
import { type MotionModel, type MotionPosterior, motionPosterior } from './motion-model.ts';
import { type MotionState, stateNodes } from './motion-state.ts';
import type { Microscope } from './step-law.ts';
import type { TrackSteps } from './track-steps.ts';

/** What states are fitted to. */
export interface MotionSample {
  readonly tracks: readonly TrackSteps[];
  readonly microscope: Microscope;
}

interface MotionFit {
  readonly model: MotionModel;
  /** Bayesian information criterion: the smaller, the better. */
  readonly bic: number;
}

/** Iterations that a way to split states is tried for, and that a start is followed; an end where the likelihood gains less. */
const TRIAL = 3;
const MOST = 10;
/** A way to split states is tried on every so many-th track. */
const PART = 4;
const GAIN = 1;
/** One iteration more is hoped to gain no more than so many times what the last one did. */
const HOPE = 6;
/** States that are tried at most, beside one at rest. */
const MOST_STATES = 4;
/** Rates where nothing is known yet. */
const RATE = { leaving: 0.03, renewing: 0.01 };
/** Taken as seen before the tracks are: steps, changes and renewals, so that a rate is never 0 nor 1; a segment with these deviations. */
const BEFORE = { steps: 10, changes: 0.2, renewals: 0.1, alpha: 0.05, log: 0.2 };
/** Least deviations of α and ln K in a state. */
const LEAST = { alpha: 0.04, log: 0.1 };
const BEGIN = { alpha: 0.08, log: 0.3 };
/** By how much less K is than in the slowest state where what seems at rest is taken to creep, in ln. */
const CREEPING = 1.5;
/** Parts of a state that is split differ by this much at least. */
const APART = { alpha: 0.15, log: 0.4 };

/**
 * The states of an experiment by expectation–maximisation from a start, and of how many there are the number of least BIC: neighbours are
 * joined and states are split as long as that lowers it.
 */
export function fitMotion(sample: MotionSample, start: readonly MotionState[]): MotionModel {
  const part = { ...sample, tracks: sample.tracks.filter((_, i) => i % PART === 0) };
  let best = followed(sample, start.map(widened), MOST);
  const better = (fit: MotionFit) => {
    if (!(fit.bic < best.bic)) return false;
    best = fit;
    return true;
  };
  const rests = start.filter(({ immobile }) => immobile);
  if (rests.length > 0) {
    const moving = start.filter(({ immobile }) => !immobile);
    if (moving.length > 0) better(followed(sample, moving, MOST, best.bic));
    // What seems at rest may creep.
    const [slowest = unseen(sample)] = [...moving].sort((a, b) => a.logDiffusion - b.logDiffusion);
    const share = rests.reduce((sum, rest) => sum + rest.share, 0);
    const creeping = { ...slowest, logDiffusion: slowest.logDiffusion - CREEPING, share };
    better(followed(sample, [...moving, creeping].map(widened), MOST, best.bic));
  }
  for (let go = true; go; ) {
    const { moving, still } = parted(best);
    go =
      moving.length > 1 && better(followed(sample, [...joined(moving), ...still], MOST, best.bic));
  }
  for (let go = true; go; ) {
    const { moving, still } = parted(best);
    if (moving.length === 0 || moving.length >= MOST_STATES) break;
    const tried = moving
      .flatMap((state, i) => splits(state).map((both) => [...moving.toSpliced(i, 1), ...both]))
      .map((states) => followed(part, [...states, ...still], TRIAL));
    const first = tried.reduce((top, fit) => (fit.bic < top.bic ? fit : top));
    go = better(followed(sample, first.model.states, MOST, best.bic));
  }
  return best.model;
}

function parted({ model: { states } }: MotionFit) {
  return {
    moving: states.filter(({ immobile }) => !immobile),
    still: states.filter(({ immobile }) => immobile),
  };
}

/** A motion that is as long in a frame as the localisation error. */
const unseen = ({ microscope: { sigma } }: MotionSample): MotionState => ({
  immobile: false,
  alpha: 1,
  alphaDeviation: 0.2,
  logDiffusion: 2 * Math.log(Math.max(sigma, 1e-9)),
  logDiffusionDeviation: 1,
  share: 1,
});

/** States with the two nearest as one. */
function joined(states: readonly MotionState[]): MotionState[] {
  let near = { i: 0, j: 1, distance: Number.POSITIVE_INFINITY };
  states.forEach((a, i) => {
    for (let j = i + 1; j < states.length; j++) {
      const b = states[j];
      const distance = Math.abs(a.alpha - b.alpha) + Math.abs(a.logDiffusion - b.logDiffusion);
      if (distance < near.distance) near = { i, j, distance };
    }
  });
  const [a, b] = [states[near.i], states[near.j]];
  const share = a.share + b.share;
  const both = (
    mean: (state: MotionState) => number,
    deviation: (state: MotionState) => number,
  ) => {
    const centre = (a.share * mean(a) + b.share * mean(b)) / share;
    const square = [a, b].reduce(
      (sum, one) => sum + (one.share / share) * (deviation(one) ** 2 + (mean(one) - centre) ** 2),
      0,
    );
    return [centre, Math.sqrt(square)];
  };
  const [alpha, alphaDeviation] = both(
    (state) => state.alpha,
    (state) => state.alphaDeviation,
  );
  const [logDiffusion, logDiffusionDeviation] = both(
    (state) => state.logDiffusion,
    (state) => state.logDiffusionDeviation,
  );
  return [
    ...states.filter((_, k) => k !== near.i && k !== near.j),
    { immobile: false, alpha, alphaDeviation, logDiffusion, logDiffusionDeviation, share },
  ];
}

/** A state at least so wide as a fit begins at: it comes down faster than it goes up. */
const widened = (state: MotionState): MotionState => ({
  ...state,
  alphaDeviation: Math.max(BEGIN.alpha, state.alphaDeviation),
  logDiffusionDeviation: Math.max(BEGIN.log, state.logDiffusionDeviation),
});

/** A state in two, by ln K and by α. */
function splits(state: MotionState): MotionState[][] {
  const { alpha, alphaDeviation, logDiffusion, logDiffusionDeviation, share } = state;
  const parts = (part: (side: number) => Partial<MotionState>) =>
    [-1, 1].map((side) => ({ ...state, share: share / 2, ...part(side) }));
  return [
    parts((side) => ({
      logDiffusion: logDiffusion + side * Math.max(APART.log, logDiffusionDeviation),
      logDiffusionDeviation: 0.6 * logDiffusionDeviation,
    })),
    parts((side) => ({
      alpha: alpha + side * Math.max(APART.alpha, alphaDeviation),
      alphaDeviation: 0.6 * alphaDeviation,
    })),
  ];
}

/** A start followed by expectation–maximisation, and given up where it can't reach a criterion any more. */
function followed(
  sample: MotionSample,
  start: readonly MotionState[],
  iterations: number,
  reach = Number.POSITIVE_INFINITY,
): MotionFit {
  const count = start.length;
  const steps = sample.tracks.reduce((sum, track) => sum + track.count, 0);
  const moving = start.filter(({ immobile }) => !immobile).length;
  const numbers = 4 * moving + (count - 1) + count * (count - 1);
  let model = firstModel(sample, start);
  let before = Number.NEGATIVE_INFINITY;
  for (let iteration = 0; ; iteration++) {
    const sums = posteriorsOf(sample, model);
    const bic = numbers * Math.log(steps) - 2 * sums.logLikelihood;
    const gain = sums.logLikelihood - before;
    before = sums.logLikelihood;
    const hopeless = iteration > 1 && bic - 2 * HOPE * gain > reach;
    if (iteration === iterations || gain < GAIN || hopeless) return { model, bic };
    model = maximised(sample, model, sums);
  }
}

function firstModel({ microscope }: MotionSample, states: readonly MotionState[]): MotionModel {
  const count = states.length;
  const all = states.reduce((sum, { share }) => sum + share, 0);
  return {
    states,
    nodes: stateNodes(states, microscope, LOOKS_BACK),
    initial: Float64Array.from(states, ({ share }) => share / all),
    leaving: new Float64Array(count).fill(count > 1 ? RATE.leaving : 0),
    next: Float64Array.from({ length: count * count }, (_, i) =>
      Math.floor(i / count) === i % count ? 0 : 1 / (count - 1),
    ),
    renewing: new Float64Array(count).fill(RATE.renewing),
  };
}

type Sums = Omit<MotionPosterior, 'changes' | 'shares'>;

function posteriorsOf({ tracks }: MotionSample, model: MotionModel): Sums {
  const each = tracks.map((steps) => motionPosterior(steps, model));
  const sum = (of: (one: MotionPosterior) => Float64Array) => {
    const total = new Float64Array(of(each[0]).length);
    for (const one of each) {
      of(one).forEach((value, i) => {
        total[i] += value;
      });
    }
    return total;
  };
  return {
    logLikelihood: each.reduce((total, one) => total + one.logLikelihood, 0),
    segments: sum((one) => one.segments),
    first: sum((one) => one.first),
    transitions: sum((one) => one.transitions),
    renewals: sum((one) => one.renewals),
    chances: sum((one) => one.chances),
  };
}

/** A deviation as far again beyond its next value as that is from the last: each step by itself is a small one. */
const beyond = (last: number, variance: number): number =>
  Math.min(2 * last, Math.max(last / 2, variance / last));

function maximised({ microscope }: MotionSample, model: MotionModel, sums: Sums): MotionModel {
  const { nodes } = model;
  const count = model.states.length;
  const states = model.states.map((state, s) => {
    let [share, alpha, log] = [0, 0, 0];
    const own = [...nodes.states.keys()].filter((g) => nodes.states[g] === s);
    for (const g of own) {
      share += sums.segments[g];
      if (state.immobile) continue;
      alpha += sums.segments[g] * nodes.alphas[g];
      log += sums.segments[g] * nodes.logs[g];
    }
    // One that nothing belongs to stays as it is and weighs next to nothing.
    if (!(share > 1e-6)) return { ...state, share: 1e-6 };
    if (state.immobile) return { ...state, share };
    alpha /= share;
    log /= share;
    let [ofAlpha, ofLog] = [BEFORE.alpha ** 2, BEFORE.log ** 2];
    for (const g of own) {
      ofAlpha += sums.segments[g] * (nodes.alphas[g] - alpha) ** 2;
      ofLog += sums.segments[g] * (nodes.logs[g] - log) ** 2;
    }
    return {
      immobile: false,
      alpha,
      alphaDeviation: Math.max(LEAST.alpha, beyond(state.alphaDeviation, ofAlpha / (share + 1))),
      logDiffusion: log,
      logDiffusionDeviation: Math.max(
        LEAST.log,
        beyond(state.logDiffusionDeviation, ofLog / (share + 1)),
      ),
      share,
    };
  });
  const leaving = new Float64Array(count);
  const next = new Float64Array(count * count);
  for (let j = 0; j < count && count > 1; j++) {
    let left = BEFORE.changes * (count - 1);
    for (let k = 0; k < count; k++) if (k !== j) left += sums.transitions[j * count + k];
    leaving[j] = Math.min(0.5, left / (sums.chances[j] + BEFORE.steps));
    for (let k = 0; k < count; k++) {
      if (k !== j) next[j * count + k] = (sums.transitions[j * count + k] + BEFORE.changes) / left;
    }
  }
  const begun = sums.first.reduce((total, value) => total + value + 0.5, 0);
  return {
    states,
    nodes: stateNodes(states, microscope, LOOKS_BACK),
    initial: sums.first.map((value) => (value + 0.5) / begun),
    leaving,
    next,
    renewing: sums.renewals.map((value, s) =>
      Math.min(0.3, (value + BEFORE.renewals) / (sums.chances[s] + BEFORE.steps)),
    ),
  };
}
