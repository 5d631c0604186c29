import { leavingOver } from './markov-model.ts';
import { motionDensities, ORDERS } from './motion-densities.ts';
import type { MotionState, StateNodes } from './motion-state.ts';
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

/** Ages that are told apart: in the step that the change tears, in the first one behind it, …; the last is any older one. */
const AGES = ORDERS + 1;

/**
 * Forward and backward over nodes and ages. A segment keeps its node, so that it has one α and one K. At age 0 it is in the step that
 * the change tears: of that step, one half is what the new state would make of it and one what any state would. The memory of the motion begins with the step
 * after, or with the first of a track. From age 2 on it may end.
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
  const size = nodeCount * AGES;
  const { density, peaks } = densitiesOf(steps, model);
  // Each step's as they come; their sum is 1 / `scale`.
  const forward = roomFor('forward', count * size);
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
    let sum = 0;
    if (t === 0) {
      forward.fill(0, 0, size);
      for (let g = 0; g < nodeCount; g++) {
        const here = initial[stateOf[g]] * weights[g] * density[g * AGES + 1];
        forward[g * AGES + 1] = here;
        sum += here;
      }
    } else {
      leaveOver(lags[t]);
      left.fill(0);
      const before = scale[t - 1];
      for (let g = 0; g < nodeCount; g++) {
        const s = stateOf[g];
        const here = at + g * AGES;
        const old = here - size;
        const stay = before * (1 - leave[s]);
        const on = stay * (1 - renewing[s]);
        const f2 = forward[old + 2];
        const f3 = forward[old + 3];
        const f4 = forward[old + 4];
        const f5 = forward[old + 5];
        const free = f2 + f3 + f4 + f5;
        const n1 = before * forward[old] * density[here + 1];
        const n2 = before * forward[old + 1] * density[here + 2];
        const n3 = on * f2 * density[here + 3];
        const n4 = on * f3 * density[here + 4];
        const n5 = on * (f4 + f5) * density[here + 5];
        forward[here] = free * stay * renewing[s];
        forward[here + 1] = n1;
        forward[here + 2] = n2;
        forward[here + 3] = n3;
        forward[here + 4] = n4;
        forward[here + 5] = n5;
        sum += n1 + n2 + n3 + n4 + n5;
        left[s] += free * before * leave[s];
      }
      for (let j = 0; j < states; j++) {
        for (let k = 0; k < states; k++) entering[t * states + k] += left[j] * next[j * states + k];
      }
      for (let g = 0; g < nodeCount; g++) {
        const here = at + g * AGES;
        const value =
          (forward[here] + entering[t * states + stateOf[g]] * weights[g]) * density[here];
        forward[here] = value;
        sum += value;
      }
    }
    scale[t] = 1 / sum;
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
  const torn = new Float64Array(nodeCount);
  const entry = new Float64Array(states);
  const through = new Float64Array(states);
  const free = new Float64Array(states);
  for (let t = count - 1; t >= 0; t--) {
    const at = t * size;
    const now = scale[t];
    if (withShares) {
      for (let g = 0; g < nodeCount; g++) {
        const row = g * AGES;
        let share = 0;
        for (let r = 1; r < AGES; r++) share += forward[at + row + r] * backward[row + r];
        shares[t * nodeCount + g] = now * share;
      }
    }
    if (t === 0) {
      for (let g = 0; g < nodeCount; g++) {
        const share = now * forward[g * AGES + 1] * backward[g * AGES + 1];
        segments[g] += share;
        first[stateOf[g]] += share;
      }
      break;
    }
    entry.fill(0);
    for (let g = 0; g < nodeCount; g++) {
      const s = stateOf[g];
      const row = g * AGES;
      const one = Math.min(MOST, backward[row] * density[at + row] * now);
      torn[g] = one;
      entry[s] += weights[g] * one;
      segments[g] += entering[t * states + s] * weights[g] * one;
    }
    for (let k = 0; k < states; k++) changes[t] += entering[t * states + k] * entry[k];
    for (let j = 0; j < states; j++) {
      through[j] = 0;
      for (let k = 0; k < states; k++) through[j] += next[j * states + k] * entry[k];
    }
    leaveOver(lags[t]);
    free.fill(0);
    const before = scale[t - 1];
    for (let g = 0; g < nodeCount; g++) {
      const s = stateOf[g];
      const row = g * AGES;
      const here = at + row;
      const old = here - size;
      const stay = 1 - leave[s];
      const on = stay * (1 - renewing[s]);
      const anew = stay * renewing[s] * torn[g];
      const off = anew + leave[s] * through[s];
      const l3 = backward[row + 3] * density[here + 3] * now;
      const l4 = backward[row + 4] * density[here + 4] * now;
      const l5 = backward[row + 5] * density[here + 5] * now;
      const b2 = Math.min(MOST, on * l3 + off);
      const b3 = Math.min(MOST, on * l4 + off);
      const b4 = Math.min(MOST, on * l5 + off);
      backward[row] = Math.min(MOST, backward[row + 1] * density[here + 1] * now);
      backward[row + 1] = Math.min(MOST, backward[row + 2] * density[here + 2] * now);
      backward[row + 2] = b2;
      backward[row + 3] = b3;
      backward[row + 4] = b4;
      backward[row + 5] = b4;
      const f2 = forward[old + 2];
      const f3 = forward[old + 3];
      const f4 = forward[old + 4] + forward[old + 5];
      const all = before * (f2 + f3 + f4);
      free[s] += all;
      chances[s] += before * (f2 * b2 + f3 * b3 + f4 * b4);
      renewals[s] += all * anew;
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
function densitiesOf(steps: TrackSteps, { states, nodes }: MotionModel) {
  const { laws, states: stateOf, weights } = nodes;
  const { count } = steps;
  const nodeCount = laws.length;
  const density = roomFor('density', count * nodeCount * AGES);
  const peaks = new Float64Array(count);
  const all = states.reduce((sum, { share }) => sum + share, 0);
  const parts = weights.map((weight, g) => (states[stateOf[g]].share * weight) / all);
  const logs = new Float64Array(nodeCount * ORDERS);
  const logsOf = motionDensities(steps, nodes, logs);
  for (let t = 0; t < count; t++) {
    logsOf(t);
    let peak = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < logs.length; i++) if (logs[i] > peak) peak = logs[i];
    peaks[t] = peak;
    let any = 0;
    const row = t * nodeCount * AGES;
    for (let g = 0; g < nodeCount; g++) {
      const at = row + g * AGES;
      const from = g * ORDERS;
      const first = quickExp(logs[from] - peak);
      density[at + 1] = first;
      density[at + 2] = quickExp(logs[from + 1] - peak);
      density[at + 3] = quickExp(logs[from + 2] - peak);
      density[at + 4] = quickExp(logs[from + 3] - peak);
      density[at + 5] = quickExp(logs[from + 4] - peak);
      any += parts[g] * first;
    }
    for (let at = row; at < row + nodeCount * AGES; at += AGES) {
      density[at] = (density[at + 1] + any) / 2;
    }
  }
  return { density, peaks };
}
