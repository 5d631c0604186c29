import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '@diffusion/tracks/node';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ModelCard } from '../card.ts';
import { modelFileNames, modelFiles } from '../files/artifacts.ts';

/**
 * Saves a model as a folder: `model.json` and `weights.bin` in tfjs' layout, and `card.json`, which is written last,
 * so that a folder with a card is whole. Each file is written under another name and then renamed.
 *
 * @param folder made where it does not exist.
 */
export async function saveModel(
  folder: string,
  model: { network: LayersModel; card: ModelCard },
): Promise<void> {
  const files = await modelFiles(model);
  await mkdir(folder, { recursive: true });
  for (const name of modelFileNames) await writeAtomically(join(folder, name), [files[name]]);
}
