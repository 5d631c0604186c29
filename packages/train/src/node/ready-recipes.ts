import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { nearestName } from '@diffusion/tracks/messages';
import { TrainError } from '../errors.ts';
import { readRecipe } from '../recipes/read-recipe.ts';
import type { Recipe } from '../recipes/recipe.ts';

/** Beside `src` and `dist`: part of the package. */
const folder = new URL('../../recipes/', import.meta.url);

/**
 * The names of the recipes that come with this package, which train what the publications trained.
 *
 * @example
 * (await readyRecipes()).includes('multiscale') // true
 */
export async function readyRecipes(): Promise<string[]> {
  const files = await readdir(folder);
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
  const names = await readyRecipes();
  if (!names.includes(name)) {
    throw new TrainError(
      `recipe '${name}' does not exist: did you mean ${nearestName(name, names)}? There are ${names.join(', ')}`,
    );
  }
  const text = await readFile(new URL(`${name}.json`, folder), 'utf8');
  return readRecipe(JSON.parse(text), { source: `${name}.json` });
}
