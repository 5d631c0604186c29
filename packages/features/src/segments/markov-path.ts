import { SHORTEST } from './best-changes.ts';
import { leavingOver, type MarkovModel } from './markov-model.ts';
import { LEAST_AGE, markovDensities } from './markov-posterior.ts';
import type { TrackSteps } from './track-steps.ts';

/** A run of steps in one state. */
export interface StateRun {
  readonly from: number;
  readonly to: number;
  readonly state: number;
}

/** The most likely states of a track, by the Viterbi algorithm over states and ages; each lasts three points and more. */
export function markovPath(steps: TrackSteps, model: MarkovModel): readonly StateRun[] {
  const { laws, initial, leaving, next } = model;
  const states = laws.length;
  const ages = laws[0].order + 1;
  const last = ages - 1;
  const density = markovDensities(steps, model);
  let score = new Float64Array(states * ages).fill(Number.NEGATIVE_INFINITY);
  let begun = new Int32Array(states * ages);
  // What stands before a change at step t, by the state that it leads to.
  const stateBefore = new Int32Array(steps.count * states).fill(-1);
  const begunBefore = new Int32Array(steps.count * states);
  for (let t = 0; t < steps.count; t++) {
    const at = t * states * ages;
    const now = new Float64Array(states * ages).fill(Number.NEGATIVE_INFINITY);
    const since = new Int32Array(states * ages);
    for (let k = 0; k < states; k++) {
      now[k * ages] = t === 0 ? Math.log(initial[k]) : Number.NEGATIVE_INFINITY;
      since[k * ages] = t;
    }
    if (t > 0) {
      for (let j = 0; j < states; j++) {
        const leave = leavingOver(leaving[j], steps.lags[t]);
        const stay = Math.log(1 - leave);
        for (let r = 0; r < ages; r++) {
          const old = score[j * ages + r];
          const to = j * ages + Math.min(r + 1, last);
          const on = r >= LEAST_AGE ? old + stay : old;
          if (on > now[to]) {
            now[to] = on;
            since[to] = begun[j * ages + r];
          }
          if (r < LEAST_AGE) continue;
          for (let k = 0; k < states; k++) {
            const off = old + Math.log(leave * next[j * states + k]);
            if (!(off > now[k * ages])) continue;
            now[k * ages] = off;
            stateBefore[t * states + k] = j;
            begunBefore[t * states + k] = begun[j * ages + r];
          }
        }
      }
    }
    for (let i = 0; i < now.length; i++) now[i] += density[at + i];
    score = now;
    begun = since;
  }
  let end = -1;
  for (let i = 0; i < score.length; i++) {
    // The last point of a track has no step of its own.
    if (i % ages < Math.min(SHORTEST - 2, steps.count - 1)) continue;
    if (end < 0 || score[i] > score[end]) end = i;
  }
  const runs: StateRun[] = [{ from: begun[end], to: steps.count, state: Math.floor(end / ages) }];
  while (runs[0].from > 0) {
    const { from: to, state } = runs[0];
    const before = to * states + state;
    runs.unshift({ from: begunBefore[before], to, state: stateBefore[before] });
  }
  return runs;
}
