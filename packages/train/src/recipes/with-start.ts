import type { NetworkModel, Output } from '@diffusion/models';
import { TrainError } from '../errors.ts';
import { recordOf } from '../start/record-of.ts';
import type { NetworkRecipe, RecipeStart } from './recipe.ts';

/**
 * A recipe that begins with a saved model, with what tells that model from another and how it was trained: what a card
 * holds, so that the training can be repeated.
 *
 * Throws {@link TrainError} for a recipe without `start`, and for a model whose weights are not those that the recipe says.
 *
 * @param start the model of the folder that the recipe names.
 *
 * @example
 * const { start } = await withStart({ ...recipe, start: { model: 'before' } }, await startModel('before'));
 * start.sha256; // of weights.bin
 */
export async function withStart(
  recipe: NetworkRecipe,
  start: NetworkModel,
): Promise<NetworkRecipe & { readonly start: RecipeStart }> {
  const { start: given } = recipe;
  if (!given) {
    throw new TrainError(
      'start is missing in the recipe: expected { model }, the folder of the model beside it, or no model',
    );
  }
  const { sha256, recipe: before } = await recordOf(start);
  if (given.sha256 !== undefined && sha256 !== undefined && given.sha256 !== sha256) {
    throw new TrainError(
      `start.sha256 is ${given.sha256} and that of the weights of ${given.model} is ${sha256}: expected the model that the recipe was written with`,
    );
  }
  return {
    ...recipe,
    start: { model: given.model, ...(sha256 !== undefined && { sha256 }), recipe: before },
  };
}

/** The output of a training that begins with a model: the same classes are taken in the order that the model has. */
export function outputOfStart(output: Output, { card }: NetworkModel): Output {
  if (output.kind === 'exponent' || card.output.kind === 'exponent') return output;
  const { classes } = card.output;
  const known = new Set(classes);
  const same =
    output.classes.length === known.size && output.classes.every((name) => known.has(name));
  return same ? { ...output, classes } : output;
}
