import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { finishReplacing, replaceFiles } from '@diffusion/tracks/node';
import { ModelError } from '../errors.ts';
import type { SavedModel } from '../files/artifacts.ts';
import { type HubFilesOptions, hubFiles } from '../files/hub-files.ts';
import { hubFileNames } from '../files/hub-parts.ts';

/**
 * Writes a model to a folder as {@link hubFiles} makes it: `README.md`, `model.safetensors` and `config.json`, which can be
 * uploaded to Hugging Face as they are. The files of a model that was there are replaced together, or not at all.
 *
 * Throws {@link ModelError} for a classical model, and for a folder of a model that {@link saveModel} wrote, which would be
 * loaded in place of this one.
 *
 * @param folder made where it does not exist.
 * @throws `TracksError` or `StorageError` of @diffusion/tracks when the folder cannot be written to.
 *
 * @example
 * await saveHubModel('out/my-cells', model, { name: 'my-cells', half: true });
 */
export async function saveHubModel(
  folder: string,
  model: SavedModel,
  options: HubFilesOptions,
): Promise<void> {
  const files = await hubFiles(model, options);
  await mkdir(folder, { recursive: true });
  await finishReplacing(folder);
  const card = await stat(join(folder, 'card.json')).catch(() => undefined);
  if (card) {
    throw new ModelError(
      `${join(folder, 'card.json')}: is of a model, which would be loaded in place of this one: expected another folder`,
    );
  }
  await replaceFiles(
    folder,
    hubFileNames.map((name) => ({ name, chunks: files[name] })),
  );
}
