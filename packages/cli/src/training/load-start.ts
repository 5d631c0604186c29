import { join, resolve } from 'node:path';
import type { NetworkModel } from '@diffusion/models';
import type { NetworkRecipe } from '@diffusion/train';
import { readyRecipes, startModel } from '@diffusion/train/node';
import { exists } from '../exists.ts';
import { InputError } from '../input-error.ts';
import { comesTrained, loadSingle } from '../open-model.ts';

/**
 * The model that a recipe begins with; what is wrong with it is told with the place that names it.
 *
 * @param folder where it is, whatever the working directory; the name of one that comes trained.
 * @param from what named it, such as the path of a recipe, where that is known.
 */
export async function loadStart(
  { start }: Pick<NetworkRecipe, 'start'>,
  folder: string,
  from?: string,
): Promise<NetworkModel> {
  const named = start?.model ?? folder;
  try {
    return (await comesTrained(folder)) ? await startTrained(folder) : await startModel(folder);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const before = from === undefined ? '' : `${from}: `;
    error.message = `${before}start.model is '${named}': ${error.message}`;
    const missing =
      !(await exists(join(folder, 'card.json'))) && !(await exists(join(folder, 'config.json')));
    if (missing && (await readyRecipes()).includes(named)) {
      error.message += `; train it first: diffusion train --recipe ${named} --output ${named}`;
    } else if (missing && start?.recipe) {
      error.message +=
        '; start.recipe says how it was trained: save that as start.json, train it by `diffusion train --recipe start.json --output FOLDER`, and give the folder as --start';
    }
    throw error;
  }
}

/** A model that comes trained with the command. */
async function startTrained(name: string): Promise<NetworkModel> {
  const model = await loadSingle(name);
  if (model.kind === 'network') return model;
  model.dispose();
  throw new InputError(`${name}: is no network by itself: expected one to begin with`);
}

/**
 * What there is to warn of where a training goes on with the labelled tracks that its start has learnt from: by another
 * seed they are parted anew, and some that are to test it, or to validate it, were learnt from before.
 */
export function partedAnew({ data, seed }: NetworkRecipe, start: NetworkModel): string | undefined {
  const before = start.card.recipe as Partial<NetworkRecipe> | null | undefined;
  if (!('folder' in data) || !before?.data || !('folder' in before.data)) return undefined;
  if (resolve(before.data.folder) !== resolve(data.folder) || before.seed === seed)
    return undefined;
  return `seed is ${seed} and that of the model to begin with ${before.seed}: the tracks of ${data.folder} are parted anew, and it has learnt from some that are now test or validation tracks`;
}
