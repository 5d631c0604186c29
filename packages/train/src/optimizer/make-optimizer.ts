import { adam } from '@diffusion/backends';
import type * as tf from '@tensorflow/tfjs-core';
import { type OptimizerRecipe, withOptimizerDefaults } from './optimizer-recipe.ts';
import { Sgd } from './sgd.ts';

/** The optimizer of a recipe. */
export function makeOptimizer(
  recipe: OptimizerRecipe | undefined,
  learningRate: number,
): tf.Optimizer {
  const { name, weightDecay, momentum, nesterov } = withOptimizerDefaults(recipe);
  return name === 'sgd'
    ? new Sgd({ learningRate, momentum, nesterov, weightDecay })
    : adam({ learningRate, weightDecay });
}

/** Sets the learning rate of the next step. */
export function setLearningRate(optimizer: tf.Optimizer, rate: number): void {
  // tfjs takes every optimizer for an instance of every class of them.
  if ('setLearningRate' in optimizer) (optimizer as Sgd).setLearningRate(rate);
  // tfjs keeps it in a field that its types hide from callers; its own schedules write it so.
  else (optimizer as unknown as { learningRate: number }).learningRate = rate;
}
