import { mkdir, readdir } from 'node:fs/promises';
import { finishReplacing, replaceFiles } from '@diffusion/tracks/node';
import {
  modelFileNames,
  modelFiles,
  type SavedImageModel,
  type SavedModel,
} from '../files/artifacts.ts';
import { isEnsembleFile } from './ensemble-files.ts';

/**
 * Saves a model as a folder: `model.json` and `weights.bin` in tfjs' layout, or `classifier.json` for a classical one,
 * and `card.json`. The files of a model that was there are replaced together, or, when anything fails or the program is
 * killed, not at all; those of a model of another kind, or of an ensemble, go with them.
 *
 * @param folder made where it does not exist.
 * @throws `TracksError` or `StorageError` of @diffusion/tracks when the folder cannot be written to.
 *
 * @example
 * await saveModel('out/model', model);
 */
export async function saveModel(
  folder: string,
  model: SavedModel | SavedImageModel,
): Promise<void> {
  const files = await modelFiles(model);
  await mkdir(folder, { recursive: true });
  const written = modelFileNames.filter((name) => files[name]);
  await finishReplacing(folder);
  const ofEnsemble = (await readdir(folder)).filter(isEnsembleFile);
  await replaceFiles(
    folder,
    written.map((name) => ({ name, chunks: files[name]! })),
    { removes: [...modelFileNames.filter((name) => !files[name]), ...ofEnsemble] },
  );
}
