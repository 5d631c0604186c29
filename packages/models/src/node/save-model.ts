import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '@diffusion/tracks/node';
import { modelFileNames, modelFiles, type SavedModel } from '../files/artifacts.ts';

/**
 * Saves a model as a folder: `model.json` and `weights.bin` in tfjs' layout, or `classifier.json` for a classical one,
 * and `card.json`, which goes first where there was one and is written last, so that a folder with a card is whole. Each file is written under another
 * name and then renamed; those of a model of another kind are removed.
 *
 * @param folder made where it does not exist.
 */
export async function saveModel(folder: string, model: SavedModel): Promise<void> {
  const files = await modelFiles(model);
  await mkdir(folder, { recursive: true });
  await rm(join(folder, 'card.json'), { force: true });
  for (const name of modelFileNames) {
    const bytes = files[name];
    if (bytes) await writeAtomically(join(folder, name), [bytes]);
    else await rm(join(folder, name), { force: true });
  }
}
