import type { Output } from '@diffusion/models';
import { checkSeed } from '@diffusion/random';
import type { Tracks } from '@diffusion/tracks';
import { checkOptions, shown } from '@diffusion/tracks/messages';
import {
  type Augmentation,
  type AugmentationChoice,
  chosenAugmentation,
} from './augment/augment.ts';
import { type BalanceRecipe, checkBalance } from './balance/balance-recipe.ts';
import { checkNumber } from './check-number.ts';
import { checkWhole } from './check-whole.ts';
import { TrainError } from './errors.ts';
import { checkLoss } from './losses/check-loss.ts';
import type { LossRecipe } from './losses/loss-recipe.ts';
import { checkOptimizer, type OptimizerRecipe } from './optimizer/optimizer-recipe.ts';
import { checkSchedule, type ScheduleRecipe } from './schedules.ts';
import { checkSelection, type SelectionRecipe } from './selection.ts';
import type { TrackSource } from './source.ts';
import { checkStopping, type StoppingRecipe } from './stopping.ts';

/** Everything that decides the weights after training, given the network's first weights and the tracks. */
export interface TrainingRecipe {
  readonly epochs: number;
  /** Tracks per step; where the source has batches of its own, the most that one may have. */
  readonly batchSize: number;
  /** Peak of the schedule. */
  readonly learningRate: number;
  /** How the learning rate goes from step to step; {@link oneCycle} if left out. */
  readonly schedule?: ScheduleRecipe;
  /** What is made small; cross-entropy for classes and mean absolute error for exponents if left out. */
  readonly loss?: LossRecipe;
  /** How a gradient moves the weights; Adam if left out. */
  readonly optimizer?: OptimizerRecipe;
  /** When to end before the last epoch, and with which weights; after the last and with its own if left out. */
  readonly stopping?: StoppingRecipe;
  /** Which tracks of a batch are learnt from; all if left out. */
  readonly selection?: SelectionRecipe;
  /** What is done about classes of different sizes; nothing if left out. */
  readonly balance?: BalanceRecipe;
  /**
   * Decay of a running average of the weights, such as 0.998, which is what validation sees and what training ends
   * with; none if left out.
   */
  readonly averaging?: number;
  readonly seed: number;
  /** What is done to each track before the network sees it, what is left out of it not; nothing if left out whole. */
  readonly augmentation?: AugmentationChoice;
  /**
   * Parts into which every batch is cut, 1 if left out; as many workers can share a step. Each part has batch-norm
   * statistics of its own, so the weights depend on this number, and never on the number of workers.
   */
  readonly shards?: number;
}

/** A recipe that says what is done to the tracks. */
export type WholeRecipe = Omit<TrainingRecipe, 'augmentation'> & {
  readonly augmentation: Augmentation;
};

/**
 * A recipe with what stands for an augmentation that is left out. Throws {@link TrainError} for a name that it does not
 * have.
 */
export function withDefaults(recipe: TrainingRecipe): WholeRecipe {
  checkOptions<TrainingRecipe>('recipe', recipe, RECIPE, TrainError);
  return { ...recipe, augmentation: chosenAugmentation(recipe.augmentation) };
}

export const RECIPE = {
  epochs: true,
  batchSize: true,
  learningRate: true,
  schedule: true,
  loss: true,
  optimizer: true,
  stopping: true,
  selection: true,
  balance: true,
  averaging: true,
  seed: true,
  augmentation: true,
  shards: true,
} as const;

/** What a recipe is for. */
export interface RecipeContext {
  readonly source: Pick<TrackSource, 'perEpoch'>;
  readonly output: Output;
  readonly validation?: Pick<Tracks, 'count'>;
}

/** Throws {@link TrainError} that names what is wrong with a recipe, by itself or for what it is to train. */
export function checkRecipe(
  {
    epochs,
    batchSize,
    learningRate,
    schedule = {},
    loss = {},
    optimizer = {},
    stopping,
    selection,
    balance,
    averaging,
    seed,
    shards = 1,
  }: TrainingRecipe,
  { source, output, validation }: RecipeContext,
): void {
  checkWhole('epochs', epochs, 1);
  checkWhole('batchSize', batchSize, 1);
  checkSeed(seed, TrainError);
  checkWhole('shards', shards, 1);
  if (shards > batchSize)
    throw new TrainError(`shards is ${shards}: expected at most batchSize, ${batchSize}`);
  if (!(Number.isFinite(learningRate) && learningRate > 0))
    throw new TrainError(`learningRate is ${shown(learningRate)}: expected a positive number`);
  const validated = validation !== undefined && validation.count > 0;
  checkSchedule(schedule, validated);
  checkLoss(loss, output);
  checkOptimizer(optimizer, learningRate);
  if (stopping !== undefined) checkStopping(stopping, validated);
  if (selection !== undefined) checkSelection(selection, loss);
  if (balance !== undefined) checkBalance(balance, output);
  checkNumber('averaging', averaging, (decay) => decay >= 0 && decay < 1, '0 ≤ averaging < 1');
  if (source.perEpoch < 1) throw new TrainError('there are no tracks to train on');
}
