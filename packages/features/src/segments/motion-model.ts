import { leavingOver } from './markov-model.ts';
import type { MotionState, StateNodes } from './motion-state.ts';
import { stepDensities } from './step-law.ts';
import type { TrackSteps } from './track-steps.ts';

/** How particles of an experiment move, and how one state follows another. */
export interface MotionModel {
  readonly states: readonly MotionState[];
  readonly nodes: StateNodes;
  /** Probability of each state where a track begins. */
  readonly initial: Float64Array;
  /** Probability per frame of leaving each state, once it has lasted three points. */
  readonly leaving: Float64Array;
  /** Of those that leave state i, the share that goes to state j, at i × states + j. */
  readonly next: Float64Array;
  /** Probability per frame that the motion begins anew in the same state with the same α and K: what it was does not tell what it will be. */
  readonly renewing: Float64Array;
}

/** What the steps of a track say of the states behind them. */
export interface MotionPosterior {
  readonly logLikelihood: number;
  /** Probability that the state changes at each point. */
  readonly changes: Float64Array;
  /** Probability of each node at each step, at t × nodes + node; a step that a change tears counts for none. Empty unless asked for. */
  readonly shares: Float64Array;
  /** Expected number of segments of each node. */
  readonly segments: Float64Array;
  /** Probability of each state at the first step. */
  readonly first: Float64Array;
  /** Expected numbers of changes from state i to state j, at i × states + j. */
  readonly transitions: Float64Array;
  /** Expected numbers of renewals of each state, and of steps after which it could have been left. */
  readonly renewals: Float64Array;
  readonly chances: Float64Array;
}

/**
 * The most that what comes later may speak for a node beside what speaks for it by then: in a long track that changes while it has
 * one state, it would be infinite for a node that all before has ruled out.
 */
const MOST = 1e300;

/** Steps of a segment after which it may end. */
const LEAST_AGE = 2;

/**
 * Forward and backward over nodes and ages. A segment keeps its node, so that it has one α and one K. At age 0 it is in the step that
 * the change tears: of that step, one half is what the new state would make of it and one what any state would. The memory of the motion begins with the step
 * after, or with the first of a track.
 */
export function motionPosterior(
  steps: TrackSteps,
  model: MotionModel,
  withShares = false,
): MotionPosterior {
  const { initial, leaving, next, renewing, nodes } = model;
  const { laws, states: stateOf, weights } = nodes;
  const { count, lags } = steps;
  const [nodeCount, states] = [laws.length, initial.length];
  const ages = laws[0].order + 2;
  const last = ages - 1;
  const size = nodeCount * ages;
  const { density, peaks } = densitiesOf(steps, model, ages);
  const forward = roomFor('forward', count * size);
  forward.fill(0, 0, size);
  const entering = new Float64Array(count * states);
  const scale = new Float64Array(count);
  const leave = new Float64Array(states);
  const left = new Float64Array(states);
  const leaveOver = (lag: number) => {
    for (let s = 0; s < states; s++) leave[s] = leavingOver(leaving[s], lag);
  };
  let logLikelihood = 0;
  for (let t = 0; t < count; t++) {
    const at = t * size;
    if (t === 0) {
      for (let g = 0; g < nodeCount; g++) forward[g * ages + 1] = initial[stateOf[g]] * weights[g];
    } else {
      leaveOver(lags[t]);
      left.fill(0);
      for (let g = 0; g < nodeCount; g++) {
        const s = stateOf[g];
        const here = at + g * ages;
        const old = here - size;
        const stay = 1 - leave[s];
        const on = stay * (1 - renewing[s]);
        let free = 0;
        for (let r = LEAST_AGE; r < ages; r++) free += forward[old + r];
        forward[here] = free * stay * renewing[s];
        for (let r = 0; r < LEAST_AGE; r++) forward[here + r + 1] = forward[old + r];
        for (let r = LEAST_AGE; r < last; r++) forward[here + r + 1] = on * forward[old + r];
        forward[here + last] += on * forward[old + last];
        left[s] += free * leave[s];
      }
      for (let j = 0; j < states; j++) {
        for (let k = 0; k < states; k++) entering[t * states + k] += left[j] * next[j * states + k];
      }
      for (let g = 0; g < nodeCount; g++) {
        forward[at + g * ages] += entering[t * states + stateOf[g]] * weights[g];
      }
    }
    let sum = 0;
    for (let i = at; i < at + size; i++) {
      forward[i] *= density[i];
      sum += forward[i];
    }
    for (let i = at; i < at + size; i++) forward[i] /= sum;
    scale[t] = sum;
    logLikelihood += Math.log(sum) + peaks[t];
  }

  const changes = new Float64Array(count + 1);
  const shares = new Float64Array(withShares ? count * nodeCount : 0);
  const segments = new Float64Array(nodeCount);
  const first = new Float64Array(states);
  const transitions = new Float64Array(states * states);
  const renewals = new Float64Array(states);
  const chances = new Float64Array(states);
  const backward = new Float64Array(size).fill(1);
  const later = new Float64Array(size);
  const entry = new Float64Array(states);
  const through = new Float64Array(states);
  const free = new Float64Array(states);
  for (let t = count - 1; t >= 0; t--) {
    const at = t * size;
    if (withShares) {
      for (let g = 0; g < nodeCount; g++) {
        let share = 0;
        for (let r = 1; r < ages; r++) share += forward[at + g * ages + r] * backward[g * ages + r];
        shares[t * nodeCount + g] = share;
      }
    }
    if (t === 0) {
      for (let g = 0; g < nodeCount; g++) {
        const share = forward[g * ages + 1] * backward[g * ages + 1];
        segments[g] += share;
        first[stateOf[g]] += share;
      }
      break;
    }
    for (let i = 0; i < size; i++) {
      later[i] = Math.min(MOST, (backward[i] * density[at + i]) / scale[t]);
    }
    entry.fill(0);
    for (let g = 0; g < nodeCount; g++) {
      const s = stateOf[g];
      const one = weights[g] * later[g * ages];
      entry[s] += one;
      segments[g] += entering[t * states + s] * one;
    }
    for (let k = 0; k < states; k++) changes[t] += entering[t * states + k] * entry[k];
    for (let j = 0; j < states; j++) {
      through[j] = 0;
      for (let k = 0; k < states; k++) through[j] += next[j * states + k] * entry[k];
    }
    leaveOver(lags[t]);
    free.fill(0);
    for (let g = 0; g < nodeCount; g++) {
      const s = stateOf[g];
      const row = g * ages;
      const old = at - size + row;
      const stay = 1 - leave[s];
      const anew = renewing[s] * later[row];
      for (let r = 0; r < LEAST_AGE; r++) backward[row + r] = later[row + r + 1];
      for (let r = LEAST_AGE; r < ages; r++) {
        const on = later[row + (r < last ? r + 1 : last)];
        const value = stay * ((1 - renewing[s]) * on + anew) + leave[s] * through[s];
        backward[row + r] = value;
        const here = forward[old + r];
        free[s] += here;
        chances[s] += here * value;
        renewals[s] += here * stay * anew;
      }
    }
    // Over a gap there may have been more than one change: it tells nothing of their rate.
    if (lags[t] !== 1) continue;
    for (let j = 0; j < states; j++) {
      for (let k = 0; k < states; k++) {
        transitions[j * states + k] += free[j] * leave[j] * next[j * states + k] * entry[k];
      }
    }
  }
  return { logLikelihood, changes, shares, segments, first, transitions, renewals, chances };
}

/** Room for what is as long as steps × nodes × ages and dies with the call, kept for the next track: there are thousands. */
const rooms = { forward: new Float64Array(0), density: new Float64Array(0) };

function roomFor(name: keyof typeof rooms, length: number): Float64Array {
  if (rooms[name].length < length) rooms[name] = new Float64Array(length);
  return rooms[name];
}

/** exp of what is not above 0, to a few parts in a hundred million; below −40 as at −40, so that one wild step rules out nothing: a third of the time of all this is spent in it. */
const PER_UNIT = 32;
const POWERS = Float64Array.from({ length: 40 * PER_UNIT + 1 }, (_, i) => Math.exp(-i / PER_UNIT));

const LEAST = Math.exp(-40);

function quickExp(x: number): number {
  if (!(x >= -40)) return LEAST;
  const i = (-x * PER_UNIT) | 0;
  const rest = x + i / PER_UNIT;
  return POWERS[i] * (1 + rest * (1 + rest * (0.5 + rest * (1 / 6))));
}

/** Densities of the steps at (t × nodes + node) × ages + age, each step's over the largest of them, whose logarithm is its peak. */
function densitiesOf(steps: TrackSteps, { states, nodes }: MotionModel, ages: number) {
  const { laws, states: stateOf, weights } = nodes;
  const { count } = steps;
  const size = laws.length * ages;
  const orders = ages - 1;
  const density = roomFor('density', count * size);
  const table = new Float64Array(count * orders);
  const peaks = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  laws.forEach((law, g) => {
    stepDensities(steps, law, table);
    for (let t = 0; t < count; t++) {
      const at = t * size + g * ages;
      for (let r = 0; r < orders; r++) {
        const log = table[t * orders + r];
        density[at + r + 1] = log;
        if (log > peaks[t]) peaks[t] = log;
      }
    }
  });
  const all = states.reduce((sum, { share }) => sum + share, 0);
  for (let t = 0; t < count; t++) {
    let any = 0;
    for (let g = 0; g < laws.length; g++) {
      const at = t * size + g * ages;
      for (let r = 1; r < ages; r++) {
        const fall = density[at + r] - peaks[t];
        density[at + r] = quickExp(fall);
      }
      any += ((states[stateOf[g]].share * weights[g]) / all) * density[at + 1];
    }
    for (let g = 0; g < laws.length; g++) {
      const at = t * size + g * ages;
      density[at] = (density[at + 1] + any) / 2;
    }
  }
  return { density, peaks };
}
