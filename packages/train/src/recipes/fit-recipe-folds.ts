import type { Ensemble } from '@diffusion/models';
import { TrainError } from '../errors.ts';
import { foldsInTurn } from '../folds-in-turn.ts';
import { type FitRecipeOptions, type FittedRecipe, fitRecipe } from './fit-recipe.ts';
import type { Recipe } from './recipe.ts';

/** What {@link fitRecipeFolds} is told beside the recipe. */
export interface FitRecipeFoldsOptions
  extends Omit<FitRecipeOptions, 'tracks' | 'resume' | 'onBatch' | 'onEpoch'> {
  /** The options of one fold, from 1: what it goes on from, and who is told of it. */
  readonly ofFold?: (fold: number) => Pick<FitRecipeOptions, 'resume' | 'onBatch' | 'onEpoch'>;
  /**
   * Gives the model of a fold, from 1, by its recipe, in place of {@link fitRecipe} with the other options: one that was trained
   * earlier, or one whose training is shown.
   */
  readonly fitFold?: (recipe: Recipe, fold: number) => Promise<FittedRecipe>;
  /** Awaited after each fold. */
  readonly onFold?: (fold: number, result: FittedRecipe) => void | Promise<void>;
}

/** What a recipe with folds gives. */
export interface FittedFolds {
  /** The models of all folds as one, in the order of the folds. */
  readonly model: Ensemble;
  /** Each fold by itself; its `validation` are the tracks of the fold. */
  readonly folds: readonly FittedRecipe[];
}

/**
 * Trains all folds of a recipe, one after the other: networks or classical classifiers. Every model is that of the same
 * recipe with `folds.only`, and its card says so.
 *
 * Throws {@link TrainError} for a recipe without folds or of one alone, and what {@link fitRecipe} throws.
 *
 * @example
 * const { model, folds } = await fitRecipeFolds({ ...recipe, folds: { count: 5 } });
 * folds.map(({ history }) => history?.at(-1)?.validationScore);
 */
export async function fitRecipeFolds(
  recipe: Recipe,
  { ofFold, onFold, fitFold, ...options }: FitRecipeFoldsOptions = {},
): Promise<FittedFolds> {
  const { folds } = recipe;
  if (!folds || folds.only !== undefined) {
    throw new TrainError(
      folds
        ? `folds.only is ${folds.only}: expected it to be left out, or fitRecipe for one fold`
        : 'folds is missing: expected { count }',
    );
  }
  const fit =
    fitFold ?? ((one: Recipe, fold: number) => fitRecipe(one, { ...options, ...ofFold?.(fold) }));
  return foldsInTurn(
    folds.count,
    (fold) => fit({ ...recipe, folds: { ...folds, only: fold } }, fold),
    onFold,
  );
}
