import { checkSeed } from '@diffusion/random';
import { checkOptions } from '@diffusion/tracks/messages';
import {
  type Augmentation,
  type AugmentationChoice,
  chosenAugmentation,
} from './augment/augment.ts';
import { checkWhole } from './check-whole.ts';
import { TrainError } from './errors.ts';
import { schedules } from './schedules.ts';
import type { TrackSource } from './source.ts';

/** Everything that decides the weights after training, given the network's first weights and the tracks. */
export interface Recipe {
  readonly epochs: number;
  /** Tracks per step; where the source has batches of its own, the most that one may have. */
  readonly batchSize: number;
  /** Peak of the schedule. */
  readonly learningRate: number;
  /** How the learning rate goes from step to step; {@link oneCycle} if left out. */
  readonly schedule?: 'one-cycle' | 'cosine';
  /** Share of each parameter that `learningRate` takes off at every step (AdamW); 0 if left out. */
  readonly weightDecay?: number;
  /**
   * Decay of a running average of the weights, such as 0.998, which is what validation sees and what training ends
   * with; none if left out.
   */
  readonly averaging?: number;
  /** Probability taken from the right class and spread over all; classes only. */
  readonly labelSmoothing: number;
  /** Weight of the exponent's mean absolute error beside the classes' cross-entropy; 1.5 if left out. */
  readonly exponentWeight?: number;
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
export type WholeRecipe = Omit<Recipe, 'augmentation'> & { readonly augmentation: Augmentation };

/**
 * A recipe with what stands for an augmentation that is left out. Throws {@link TrainError} for a name that it does not
 * have.
 */
export function withDefaults(recipe: Recipe): WholeRecipe {
  checkOptions<Recipe>('recipe', recipe, RECIPE, TrainError);
  return { ...recipe, augmentation: chosenAugmentation(recipe.augmentation) };
}

const RECIPE = {
  epochs: true,
  batchSize: true,
  learningRate: true,
  schedule: true,
  weightDecay: true,
  averaging: true,
  labelSmoothing: true,
  exponentWeight: true,
  seed: true,
  augmentation: true,
  shards: true,
} as const;

/** Throws {@link TrainError} that names what is wrong with a recipe. */
export function checkRecipe(
  {
    epochs,
    batchSize,
    learningRate,
    schedule = 'one-cycle',
    weightDecay = 0,
    averaging = 0,
    labelSmoothing,
    exponentWeight = 1,
    seed,
    shards = 1,
  }: Recipe,
  source: TrackSource,
): void {
  checkWhole('epochs', epochs, 1);
  checkWhole('batchSize', batchSize, 1);
  checkSeed(seed, TrainError);
  checkWhole('shards', shards, 1);
  if (shards > batchSize)
    throw new TrainError(`shards is ${shards}: expected at most batchSize, ${batchSize}`);
  if (!(learningRate > 0))
    throw new TrainError(`learningRate is ${learningRate}: expected a positive number`);
  if (!Object.hasOwn(schedules, schedule)) {
    const names = Object.keys(schedules).join(' or ');
    throw new TrainError(`schedule is '${schedule}': expected ${names}`);
  }
  if (!(weightDecay >= 0 && weightDecay * learningRate < 1)) {
    throw new TrainError(
      `weightDecay is ${weightDecay}: expected at least 0, and less than 1/learningRate`,
    );
  }
  if (!(averaging >= 0 && averaging < 1))
    throw new TrainError(`averaging is ${averaging}: expected 0 ≤ averaging < 1`);
  if (!(exponentWeight > 0 && exponentWeight < Number.POSITIVE_INFINITY))
    throw new TrainError(`exponentWeight is ${exponentWeight}: expected a positive number`);
  if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
    throw new TrainError(`labelSmoothing is ${labelSmoothing}: expected 0 ≤ labelSmoothing < 1`);
  }
  if (source.perEpoch < 1) throw new TrainError('there are no tracks to train on');
}
