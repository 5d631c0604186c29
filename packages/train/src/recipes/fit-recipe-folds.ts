import { type Ensemble, ensemble, type SingleModel } from '@diffusion/models';
import { TrainError } from '../errors.ts';
import { type FitRecipeOptions, type FittedRecipe, fitRecipe } from './fit-recipe.ts';
import type { Recipe } from './recipe.ts';

/** What {@link fitRecipeFolds} is told beside the recipe. */
export interface FitRecipeFoldsOptions
  extends Omit<FitRecipeOptions, 'tracks' | 'resume' | 'onBatch' | 'onEpoch'> {
  /** The options of one fold, from 1: what it goes on from, and who is told of it. */
  readonly ofFold?: (fold: number) => Pick<FitRecipeOptions, 'resume' | 'onBatch' | 'onEpoch'>;
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
  { ofFold, onFold, ...options }: FitRecipeFoldsOptions = {},
): Promise<FittedFolds> {
  const { folds } = recipe;
  if (!folds || folds.only !== undefined) {
    throw new TrainError(
      folds
        ? `folds.only is ${folds.only}: expected it to be left out, or fitRecipe for one fold`
        : 'folds is missing: expected { count }',
    );
  }
  const results: FittedRecipe[] = [];
  try {
    for (let fold = 1; fold <= folds.count; fold++) {
      const one = { ...recipe, folds: { ...folds, only: fold } };
      const result = await fitRecipe(one, { ...options, ...ofFold?.(fold) });
      results.push(result);
      await onFold?.(fold, result);
    }
    return { model: ensemble(results.map(({ model }) => model as SingleModel)), folds: results };
  } catch (error) {
    for (const { model } of results) model.dispose();
    throw error;
  }
}
