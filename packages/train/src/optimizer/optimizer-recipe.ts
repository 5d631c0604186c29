import { checkOptions, shown } from '@diffusion/tracks/messages';
import { checkChoice } from '../check-choice.ts';
import { checkNumber } from '../check-number.ts';
import { TrainError } from '../errors.ts';

/** How a gradient moves the weights. */
export interface OptimizerRecipe {
  /**
   * Adam (Kingma & Ba 2015), if left out; AdamW (Loshchilov & Hutter 2019), Adam with `weightDecay`; or stochastic gradient
   * descent with momentum, v ← μv + g, w ← w − ηv.
   */
  readonly name?: 'adam' | 'adamw' | 'sgd';
  /** μ of `sgd`, 0.9 if left out; 0 is descent without one. */
  readonly momentum?: number;
  /** Whether `sgd` steps by g + μv (Nesterov's momentum). */
  readonly nesterov?: boolean;
  /**
   * Share of each weight that the learning rate takes off at every step: of `adamw` apart from the gradient, 0.01 if left out;
   * of `sgd` added to the gradient, 0 if left out.
   */
  readonly weightDecay?: number;
  /**
   * The most that the norm of the gradient of all weights together may be; a longer one is shortened to it before the step.
   * None if left out.
   */
  readonly clipNorm?: number;
}

const OPTIMIZER = {
  name: true,
  momentum: true,
  nesterov: true,
  weightDecay: true,
  clipNorm: true,
} as const;

/** An optimizer with all that it needs. */
export interface WholeOptimizer {
  readonly name: 'adam' | 'adamw' | 'sgd';
  readonly momentum: number;
  readonly nesterov: boolean;
  readonly weightDecay: number;
}

/** An optimizer with what stands for what is left out. */
export function withOptimizerDefaults({
  name = 'adam',
  momentum = 0.9,
  nesterov = false,
  weightDecay = name === 'adamw' ? 0.01 : 0,
}: OptimizerRecipe = {}): WholeOptimizer {
  return { name, momentum, nesterov, weightDecay };
}

/** Throws {@link TrainError} that names what is wrong with an optimizer. */
export function checkOptimizer(optimizer: OptimizerRecipe, learningRate: number): void {
  checkOptions<OptimizerRecipe>('recipe.optimizer', optimizer, OPTIMIZER, TrainError);
  const { name = 'adam', momentum, nesterov, weightDecay, clipNorm } = optimizer;
  checkChoice('optimizer.name', name, ['adam', 'adamw', 'sgd']);
  const of = (field: string, value: unknown, ...names: readonly string[]): void => {
    if (value === undefined || names.includes(name)) return;
    throw new TrainError(
      `optimizer.${field} is ${shown(value)}: expected it only with ${names.join(' or ')}, and optimizer.name is ${shown(name)}`,
    );
  };
  of('momentum', momentum, 'sgd');
  of('nesterov', nesterov, 'sgd');
  of('weightDecay', weightDecay, 'adamw', 'sgd');
  checkNumber('optimizer.momentum', momentum, (m) => m >= 0 && m < 1, '0 ≤ momentum < 1');
  if (nesterov !== undefined && typeof nesterov !== 'boolean') {
    throw new TrainError(`optimizer.nesterov is ${shown(nesterov)}: expected true or false`);
  }
  if (nesterov && momentum === 0) {
    throw new TrainError('optimizer.momentum is 0: expected more than 0 with nesterov');
  }
  checkNumber(
    'optimizer.weightDecay',
    weightDecay,
    (decay) => decay >= 0 && decay * learningRate < 1,
    'at least 0, and less than 1/learningRate',
  );
  checkNumber('optimizer.clipNorm', clipNorm, (norm) => norm > 0, 'a positive number');
}
