import type { Random } from '@diffusion/random';
import { checkChoice, checkDim, checkInteger, checkNumber } from '../check.ts';
import { ParameterError } from '../errors.ts';
import { ALPHA_RANGE, D_RANGE } from './draw-state.ts';
import { ANDI2_MODELS, type Andi2Model, type Experiment, type Recording } from './experiment.ts';
import { confinement, dimerization, immobileTraps } from './interactions.ts';
import { multiState, singleState } from './states.ts';
import { startWalk, type Walk } from './walk.ts';

const RUN: Record<Andi2Model, (experiment: Experiment, walk: Walk) => void> = {
  'single-state': singleState,
  'multi-state': multiState,
  'immobile-traps': immobileTraps,
  dimerization,
  confinement,
};

/** Runs an experiment. Throws a ParameterError for an experiment that cannot be. */
export function record(experiment: Experiment, random: Random): Recording {
  checkExperiment(experiment);
  const walk = startWalk(experiment, random);
  RUN[experiment.model](experiment, walk);
  return walk.recording;
}

function checkExperiment(experiment: Experiment): void {
  const { model, boxSize, states, transition, traps, dimers, compartments } = experiment;
  checkChoice('model', model, ANDI2_MODELS);
  checkInteger('particles', experiment.particles, { min: 1 });
  checkInteger('frames', experiment.frames, { min: 1 });
  checkDim(experiment.dim);
  if (model !== 'single-state' && experiment.dim !== 2) {
    throw new ParameterError('dim', experiment.dim, `2 for the model ${model}`);
  }
  if (boxSize !== undefined) checkNumber('boxSize', boxSize, { above: 0 });
  else if (model !== 'single-state' && model !== 'multi-state') {
    throw new ParameterError('boxSize', boxSize, `a number > 0 for the model ${model}`);
  }
  const needed = model === 'dimerization' || model === 'confinement' ? 2 : 1;
  if (model !== 'multi-state' && states.length !== needed) {
    throw new ParameterError('states', states.length, `${needed} for the model ${model}`);
  }
  for (const [k, { alpha, D }] of states.entries()) {
    checkNumber(`states[${k}].alpha.mean`, alpha.mean, {
      min: ALPHA_RANGE[0],
      max: ALPHA_RANGE[1],
    });
    checkNumber(`states[${k}].alpha.variance`, alpha.variance, { min: 0 });
    checkNumber(`states[${k}].D.mean`, D.mean, { min: D_RANGE[0], max: D_RANGE[1] });
    checkNumber(`states[${k}].D.variance`, D.variance, { min: 0 });
  }
  if (transition) checkTransition(transition, states.length);
  checkProbabilities('traps', traps, ['bind', 'unbind']);
  checkProbabilities('dimers', dimers, ['bind', 'unbind']);
  checkProbabilities('compartments', compartments, ['transmittance']);
}

function checkTransition(transition: readonly (readonly number[])[], states: number): void {
  for (let i = 0; i < Math.max(states, transition.length); i++) {
    const row = transition[i];
    const sum = row?.reduce((total, p) => total + p, 0);
    const valid = row?.length === states && row.every((p) => p >= 0) && Math.abs(sum - 1) < 1e-9;
    if (!valid || transition.length !== states) {
      throw new ParameterError(`transition[${i}]`, row, `${states} probabilities that sum to 1`);
    }
  }
}

function checkProbabilities(
  path: string,
  fields: object | undefined,
  probabilities: readonly string[],
): void {
  for (const [name, value] of Object.entries(fields ?? {})) {
    if (probabilities.includes(name)) checkNumber(`${path}.${name}`, value, { min: 0, max: 1 });
    else if (name === 'count') checkInteger(`${path}.count`, value, { min: 0 });
    else checkNumber(`${path}.${name}`, value, { above: 0 });
  }
}
