import { join } from 'node:path';
import { ModelError } from '../errors.ts';
import { type LoadOptions, openImageModel } from '../files/artifacts.ts';
import { type ImageEnsemble, type ImageModel, imageEnsemble } from '../images/image-model.ts';
import { isImageCard } from '../images/is-image-card.ts';
import { cardIn, checkCard } from './ensemble-folder.ts';
import { filesIn } from './load-model.ts';

/**
 * Loads a model of images, or the models of all folds of one, from the folder it was saved in by `saveModel` or `saveEnsemble`.
 *
 * Throws {@link ModelError} that names the file that is missing, corrupt or foreign.
 *
 * @param options what the model was made with that is one's own: `networks`, `layers`.
 *
 * @example
 * const model = await loadImageModel('out/lipnet');
 */
export async function loadImageModel(
  folder: string,
  options: Pick<LoadOptions, 'networks' | 'layers'> = {},
): Promise<ImageModel | ImageEnsemble> {
  const open = async (prefix: string) => {
    const { read, source } = filesIn(folder, prefix);
    return openImageModel(read, source, options);
  };
  const card = await cardIn(folder);
  if ((card as { format?: unknown } | null)?.format !== 'diffusion-ensemble') {
    if (!isImageCard(card)) {
      throw new ModelError(`${join(folder, 'card.json')}: is not the card of a model of images`);
    }
    return open('');
  }
  const { members } = checkCard(card, join(folder, 'card.json'));
  const models: ImageModel[] = [];
  try {
    for (const member of members) models.push(await open(`${member}.`));
    return imageEnsemble(models);
  } catch (error) {
    for (const model of models) model.dispose();
    throw error;
  }
}

/** Whether the model in a folder judges images; false where there is none. */
export async function isImageModel(folder: string): Promise<boolean> {
  const card = await cardIn(folder).catch(() => undefined);
  const { format } = (card ?? {}) as { format?: unknown };
  if (format !== 'diffusion-ensemble') return isImageCard(card);
  return isImageCard(await cardIn(folder, 'member-1.card.json').catch(() => undefined));
}
