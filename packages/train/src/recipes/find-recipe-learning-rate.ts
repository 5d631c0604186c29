import { disposeNetwork } from '@diffusion/models/training';
import { checkOptions } from '@diffusion/tracks/messages';
import { builtNetwork } from '../built-network.ts';
import { TrainError } from '../errors.ts';
import {
  type FindLearningRateOptions,
  findLearningRate,
  type LearningRates,
} from '../find-learning-rate.ts';
import { checkStartGiven, type FitRecipeOptions, networkOf } from './fit-recipe.ts';
import type { NetworkRecipe } from './recipe.ts';
import { recipeTracks } from './recipe-tracks.ts';
import { withStart } from './with-start.ts';

/** What {@link findRecipeLearningRate} is told beside the recipe: the rates to try, and what {@link fitRecipe} is told. */
export interface FindRecipeLearningRateOptions
  extends Pick<
      FindLearningRateOptions,
      'from' | 'to' | 'steps' | 'smoothing' | 'onStep' | 'signal' | 'workers'
    >,
    Pick<FitRecipeOptions, 'labelled' | 'start' | 'tracks' | 'networks' | 'encoders'> {}

/**
 * Tries learning rates on the network of a recipe before its first batch ({@link findLearningRate}): of the tracks, first
 * weights, loss, optimizer and batches of the recipe. Its rate, epochs and schedule take no part, and no model comes of it.
 *
 * Throws {@link TrainError} for a recipe of several folds or lengths, whose networks each have a rate, and what
 * {@link fitRecipe} throws.
 *
 * @example
 * const { suggestion } = await findRecipeLearningRate(recipe);
 * const { model } = await fitRecipe({ ...recipe, learningRate: suggestion ?? recipe.learningRate });
 */
export async function findRecipeLearningRate(
  recipe: NetworkRecipe,
  options: FindRecipeLearningRateOptions = {},
): Promise<LearningRates> {
  checkOptions<FindRecipeLearningRateOptions>('findRecipeLearningRate', options, KNOWN, TrainError);
  const { labelled, start, networks, encoders, tracks: given, ...search } = options;
  if (recipe.lengths) {
    throw new TrainError(
      'lengths is a list: expected a recipe of one network, with the length of its tracks',
    );
  }
  checkStartGiven(recipe, start);
  const { signal } = search;
  const tracks = given ?? (await recipeTracks(recipe, { labelled, start, networks, signal }));
  // For its checks: what a card says of the start is of no use here.
  if (start) await withStart(recipe, start);
  const { validation, ...ofNetwork } = networkOf(recipe, tracks, { networks, encoders, start });
  const { built, encode, output, recipe: training } = await builtNetwork(ofNetwork);
  try {
    return await findLearningRate({
      ...search,
      network: built,
      encoder: encode,
      output,
      source: tracks.source,
      validation,
      recipe: training,
    });
  } finally {
    disposeNetwork(built);
  }
}

const KNOWN = {
  labelled: true,
  start: true,
  tracks: true,
  networks: true,
  encoders: true,
  from: true,
  to: true,
  steps: true,
  smoothing: true,
  onStep: true,
  signal: true,
  workers: true,
} as const;
