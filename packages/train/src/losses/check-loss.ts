import type { Output } from '@diffusion/models';
import { hasSpread } from '@diffusion/models/inference';
import { checkOptions, shown } from '@diffusion/tracks/messages';
import { checkChoice } from '../check-choice.ts';
import { checkNumber } from '../check-number.ts';
import { TrainError } from '../errors.ts';
import { classLosses } from './class-losses.ts';
import { exponentLosses } from './exponent-losses.ts';
import type { LossRecipe } from './loss-recipe.ts';

const LOSS = {
  classes: true,
  gamma: true,
  labelSmoothing: true,
  classWeights: true,
  exponent: true,
  delta: true,
  exponentWeight: true,
  stateWeight: true,
  diffusionWeight: true,
  changeWeight: true,
} as const;

/** Throws {@link TrainError} that names what is wrong with a loss, or what of it the output has no use for. */
export function checkLoss(loss: LossRecipe, output: Output): void {
  checkOptions<LossRecipe>('recipe.loss', loss, LOSS, TrainError);
  const {
    classes,
    gamma,
    labelSmoothing = 0,
    classWeights,
    exponent,
    delta,
    exponentWeight,
    stateWeight,
    diffusionWeight,
    changeWeight,
  } = loss;
  checkChoice('loss.classes', classes, Object.keys(classLosses));
  checkChoice('loss.exponent', exponent, Object.keys(exponentLosses));
  checkNumber('loss.gamma', gamma, (value) => value >= 0, 'a number of at least 0');
  checkNumber(
    'loss.labelSmoothing',
    labelSmoothing,
    (value) => value >= 0 && value < 1,
    '0 ≤ labelSmoothing < 1',
  );
  checkNumber('loss.delta', delta, (value) => value > 0, 'a positive number');
  checkNumber('loss.exponentWeight', exponentWeight, (value) => value > 0, 'a positive number');
  onlyWith('gamma', gamma, classes === 'focal', "classes: 'focal'");
  onlyWith('delta', delta, exponent === 'huber', "exponent: 'huber'");
  const ofPoints = output.kind === 'points';
  for (const [name, weight] of Object.entries({ stateWeight, diffusionWeight, changeWeight })) {
    checkNumber(`loss.${name}`, weight, (value) => value > 0, 'a positive number');
    onlyWith(name as keyof LossRecipe, weight, ofPoints, 'an output of points');
  }
  const ofClasses = output.kind === 'classes' || output.kind === 'both';
  onlyWith('classes', classes, ofClasses, 'an output of classes');
  onlyWith('labelSmoothing', labelSmoothing || undefined, ofClasses, 'an output of classes');
  onlyWith('classWeights', classWeights, ofClasses, 'an output of classes');
  onlyWith('exponent', exponent, output.kind !== 'classes' && !ofPoints, 'an output of exponents');
  onlyWith(
    'exponentWeight',
    exponentWeight,
    output.kind === 'both' || ofPoints,
    'an output of both',
  );
  if (ofClasses && classWeights !== undefined) checkClassWeights(classWeights, output.classes);
  const spread = hasSpread(output);
  if (spread !== (exponent === 'gaussian')) {
    throw new TrainError(
      spread
        ? `loss.exponent is ${shown(exponent)}: expected 'gaussian', since the output has a spread`
        : "loss.exponent is 'gaussian': expected an output with spread: true",
    );
  }
}

/** Throws where a field is given that means nothing without another one. */
function onlyWith(name: keyof LossRecipe, value: unknown, has: boolean, what: string): void {
  if (value === undefined || has) return;
  throw new TrainError(`loss.${name} is ${shown(value)}: expected it only with ${what}`);
}

function checkClassWeights(weights: unknown, classes: readonly string[]): void {
  const fail = (found: string): never => {
    throw new TrainError(`${found}: expected a positive number for each of ${classes.join(', ')}`);
  };
  if (typeof weights !== 'object' || weights === null || Array.isArray(weights)) {
    fail(`loss.classWeights is ${shown(weights)}`);
  }
  for (const [name, weight] of Object.entries(weights as object)) {
    const isWeight = typeof weight === 'number' && weight > 0 && Number.isFinite(weight);
    if (isWeight && classes.includes(name)) continue;
    fail(`loss.classWeights.${name} is ${shown(weight)}`);
  }
}
