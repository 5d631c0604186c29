import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { nearestName } from '@diffusion/tracks/messages';
import { TrainError } from '../errors.ts';
import type { ImageRecipe } from '../images/image-recipe.ts';
import { readImageRecipe } from '../images/read-image-recipe.ts';
import { readRecipe } from '../recipes/read-recipe.ts';
import type { Recipe } from '../recipes/recipe.ts';

/** Beside `src` and `dist`: part of the package. */
const folder = new URL('../../recipes/', import.meta.url);
const imageFolder = new URL('images/', folder);

/**
 * The names of the recipes that come with this package, which train what the publications trained.
 *
 * @example
 * (await readyRecipes()).includes('multiscale') // true
 */
export const readyRecipes = (): Promise<string[]> => namesIn(folder);

/**
 * The names of the recipes for images that come with this package.
 *
 * @example
 * await readyImageRecipes() // ['lipnet-1', 'lipnet-2', 'lipnet-4', 'lipnet-4c', 'lipnet-6']
 */
export const readyImageRecipes = (): Promise<string[]> => namesIn(imageFolder);

async function namesIn(of: URL): Promise<string[]> {
  const files = await readdir(of);
  return files
    .filter((name) => name.endsWith('.json'))
    .map((name) => basename(name, '.json'))
    .sort();
}

/**
 * One of {@link readyRecipes}. A page imports it as a file of the package: `@diffusion/train/recipes/NAME.json`.
 *
 * Throws {@link TrainError} with the nearest name for one that there is not.
 *
 * @example
 * const { model } = await fitRecipe({ ...(await readyRecipe('multiscale')), seed: 2 });
 */
export async function readyRecipe(name: string): Promise<Recipe> {
  return readRecipe(await jsonOf(name, folder), { source: `${name}.json` });
}

/**
 * One of {@link readyImageRecipes}. A page imports it as a file of the package: `@diffusion/train/recipes/images/NAME.json`.
 *
 * Throws {@link TrainError} with the nearest name for one that there is not.
 *
 * @example
 * const { model } = await fitImageRecipe({ ...(await readyImageRecipe('lipnet-4')), data: { folder } }, { images });
 */
export async function readyImageRecipe(name: string): Promise<ImageRecipe> {
  return readImageRecipe(await jsonOf(name, imageFolder), { source: `${name}.json` });
}

async function jsonOf(name: string, of: URL): Promise<unknown> {
  const names = await namesIn(of);
  if (!names.includes(name)) {
    throw new TrainError(
      `recipe '${name}' does not exist: did you mean ${nearestName(name, names)}? There are ${names.join(', ')}`,
    );
  }
  return JSON.parse(await readFile(new URL(`${name}.json`, of), 'utf8'));
}
