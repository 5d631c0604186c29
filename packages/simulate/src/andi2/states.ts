import type { Random } from '@diffusion/random';
import { ParameterError } from '../errors.ts';
import { drawState, type State } from './draw-state.ts';
import { type Experiment, freeState } from './experiment.ts';
import type { Walk } from './walk.ts';

/** One state per particle, for good. */
export function singleState({ states }: Experiment, walk: Walk): void {
  for (let p = 0; p < walk.particles; p++) {
    const { alpha, D } = drawState(walk.random, states[0]);
    walk.restart(p, 0, alpha, D);
    for (let t = 0; t < walk.frames; t++) {
      walk.note(p, t, alpha, D, freeState(alpha));
      move(walk, p, t);
    }
  }
}

/** A Markov chain of states: the first one uniform, then drawn each frame from the row of the transition matrix. */
export function multiState({ states, transition }: Experiment, walk: Walk): void {
  if (!transition) throw new ParameterError('transition', transition, 'a matrix of probabilities');
  const { random } = walk;
  for (let p = 0; p < walk.particles; p++) {
    const own: State[] = states.map((law) => drawState(random, law));
    let s = random.integerBelow(states.length);
    walk.restart(p, 0, own[s].alpha, own[s].D);
    for (let t = 0; t < walk.frames; t++) {
      walk.note(p, t, own[s].alpha, own[s].D, freeState(own[s].alpha));
      move(walk, p, t);
      const next = drawIndex(random, transition[s]);
      if (next !== s) walk.restart(p, t + 1, own[next].alpha, own[next].D);
      s = next;
    }
  }
}

/** Takes the step of particle p from frame t, if there is a next frame. */
export function move(walk: Walk, p: number, t: number): void {
  if (t + 1 >= walk.frames) return;
  for (let d = 0; d < walk.dim; d++) walk.put(p, t + 1, d, walk.at(p, t, d) + walk.step(p, t, d));
}

/** An index drawn with the given probabilities. */
function drawIndex(random: Random, probabilities: readonly number[]): number {
  let u = random.uniform();
  for (let k = 0; k < probabilities.length - 1; k++) {
    if (u < probabilities[k]) return k;
    u -= probabilities[k];
  }
  return probabilities.length - 1;
}
