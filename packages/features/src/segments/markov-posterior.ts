import { SHORTEST } from './best-changes.ts';
import { leavingOver, type MarkovModel } from './markov-model.ts';
import { stepDensities } from './step-law.ts';
import type { TrackSteps } from './track-steps.ts';

/** What the steps of a track say of the states behind them. */
export interface MarkovPosterior {
  readonly logLikelihood: number;
  /** Probability of each state and age at each step: at (t × states + state) × ages + age. */
  readonly shares: Float64Array;
  readonly ages: number;
  /** Expected numbers of changes from state i to state j, at i × states + j. */
  readonly changes: Float64Array;
  /** Expected numbers of steps after which a state could have been left. */
  readonly chances: Float64Array;
}

/** Steps of a segment after which it may end. */
export const LEAST_AGE = SHORTEST - 1;

/** ln densities of the steps of a track by state, at (t × states + state) × ages + age. */
export function markovDensities(steps: TrackSteps, model: MarkovModel): Float64Array {
  const { laws } = model;
  const ages = laws[0].order + 1;
  const table = new Float64Array(steps.count * ages);
  const out = new Float64Array(steps.count * laws.length * ages);
  laws.forEach((law, k) => {
    stepDensities(steps, law, table);
    for (let t = 0; t < steps.count; t++) {
      for (let r = 0; r < ages; r++) {
        out[(t * laws.length + k) * ages + r] = table[t * ages + r];
      }
    }
  });
  return out;
}

/**
 * The forward–backward recursion over states and the number of steps since the last change, up to as many as a prediction
 * looks back: what a step follows from begins anew with every change.
 */
export function markovPosterior(steps: TrackSteps, model: MarkovModel): MarkovPosterior {
  const { laws, initial, leaving, next } = model;
  const states = laws.length;
  const ages = laws[0].order + 1;
  const last = ages - 1;
  const size = states * ages;
  const { count, lags } = steps;
  const density = markovDensities(steps, model);
  const forward = new Float64Array(count * size);
  const scale = new Float64Array(count);
  let logLikelihood = 0;
  const ready = new Float64Array(states);
  for (let t = 0; t < count; t++) {
    const at = t * size;
    let most = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < size; i++) if (density[at + i] > most) most = density[at + i];
    for (let i = 0; i < size; i++) density[at + i] = Math.exp(density[at + i] - most);
    if (t === 0) for (let k = 0; k < states; k++) forward[k * ages] = initial[k];
    else {
      for (let k = 0; k < states; k++) {
        const old = at - size + k * ages;
        const stay = 1 - leavingOver(leaving[k], lags[t]);
        let free = 0;
        for (let r = 0; r < ages; r++) {
          const here = forward[old + r];
          if (r >= LEAST_AGE) free += here;
          forward[at + k * ages + Math.min(r + 1, last)] += r >= LEAST_AGE ? stay * here : here;
        }
        ready[k] = free * (1 - stay);
      }
      for (let j = 0; j < states; j++) {
        for (let k = 0; k < states; k++) {
          forward[at + k * ages] += ready[j] * next[j * states + k];
        }
      }
    }
    let sum = 0;
    for (let i = 0; i < size; i++) {
      forward[at + i] *= density[at + i];
      sum += forward[at + i];
    }
    for (let i = 0; i < size; i++) forward[at + i] /= sum;
    scale[t] = sum;
    logLikelihood += Math.log(sum) + most;
  }
  const backward = new Float64Array(size).fill(1);
  const older = new Float64Array(size);
  const changes = new Float64Array(states * states);
  const chances = new Float64Array(states);
  const entry = new Float64Array(states);
  for (let t = count - 1; t >= 0; t--) {
    const at = t * size;
    for (let i = 0; i < size; i++) {
      older[i] = (backward[i] * density[at + i]) / scale[t];
      forward[at + i] *= backward[i];
    }
    if (t === 0) break;
    for (let k = 0; k < states; k++) entry[k] = older[k * ages];
    for (let j = 0; j < states; j++) {
      const old = at - size + j * ages;
      const leave = leavingOver(leaving[j], lags[t]);
      let through = 0;
      for (let k = 0; k < states; k++) through += next[j * states + k] * entry[k];
      let free = 0;
      for (let r = 0; r < ages; r++) {
        const on = older[j * ages + Math.min(r + 1, last)];
        if (r < LEAST_AGE) {
          backward[j * ages + r] = on;
          continue;
        }
        backward[j * ages + r] = (1 - leave) * on + leave * through;
        free += forward[old + r];
        if (lags[t] === 1) chances[j] += forward[old + r] * backward[j * ages + r];
      }
      // Over a gap there may have been more than one change: it tells nothing of their rate.
      if (lags[t] !== 1) continue;
      for (let k = 0; k < states; k++) {
        changes[j * states + k] += free * leave * next[j * states + k] * entry[k];
      }
    }
  }
  return { logLikelihood, shares: forward, ages, changes, chances };
}
