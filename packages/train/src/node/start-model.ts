import type { LoadOptions, NetworkModel } from '@diffusion/models';
import { loadModel } from '@diffusion/models/node';
import { TrainError } from '../errors.ts';

/**
 * The model in a folder whose weights a training is to begin with (`start` of `fitRecipe`); the caller disposes of it.
 *
 * Throws {@link TrainError} for a folder of something else than one network, and what `loadModel` throws.
 *
 * @param options what the model was made with that is one's own.
 *
 * @example
 * const recipe = { ...before, seed: 2, start: { model: 'before' } };
 * const { model } = await fitRecipe(recipe, { start: await startModel(recipe.start.model) });
 */
export async function startModel(folder: string, options: LoadOptions = {}): Promise<NetworkModel> {
  const model = await loadModel(folder, options);
  if (model.kind === 'network') return model;
  const { name } = model.card.network;
  model.dispose();
  throw new TrainError(
    `${folder}: is the ${model.kind === 'bank' ? 'bank' : 'classifier'} ${name}: expected the folder of one network to begin with`,
  );
}
