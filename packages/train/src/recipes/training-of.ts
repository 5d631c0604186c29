import { type Augmentation, chosenAugmentation } from '../augment/augment.ts';
import { RECIPE, type TrainingRecipe } from '../recipe.ts';
import type { NetworkRecipe, Recipe } from './recipe.ts';

/** What a recipe says is done to the tracks. */
export const augmentationOf = ({ augmentation }: Recipe): Augmentation =>
  chosenAugmentation(augmentation);

/** The part of a network's recipe that `train` follows. */
export function trainingOf(recipe: NetworkRecipe): TrainingRecipe {
  const fields = Object.entries(recipe).filter(([name]) => Object.hasOwn(RECIPE, name));
  return {
    ...(Object.fromEntries(fields) as unknown as TrainingRecipe),
    augmentation: augmentationOf(recipe),
  };
}
