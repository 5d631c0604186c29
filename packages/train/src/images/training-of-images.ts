import { IMAGE_TRAINING, type ImageTrainingRecipe } from './fit-images.ts';
import type { ImageRecipe } from './image-recipe.ts';

/** The part of a recipe for images that `fitImages` follows. */
export function trainingOfImages(recipe: ImageRecipe): ImageTrainingRecipe {
  const fields = Object.entries(recipe).filter(([name]) => Object.hasOwn(IMAGE_TRAINING, name));
  return Object.fromEntries(fields) as unknown as ImageTrainingRecipe;
}
