import type { NetworkRecipe } from '@diffusion/train';
import { exists } from '../exists.ts';
import { InputError } from '../input-error.ts';

/** What to say where the model that a recipe begins with is not there: how it is made, where the recipe says how. */
export async function withoutStart(
  { start }: Pick<NetworkRecipe, 'start'>,
  folder: string,
  error: unknown,
): Promise<unknown> {
  if (await exists(folder)) return error;
  const made = start?.recipe
    ? 'start.recipe in the recipe says how it was trained: save that as start.json, train it by `diffusion train --recipe start.json --output <folder>`, and give the folder as --start'
    : 'expected the folder of a saved model, which --start gives, too';
  return new InputError(`start.model is ${folder}: there is no such folder; ${made}`);
}
