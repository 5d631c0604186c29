import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ModelError } from '../errors.ts';
import { type ModelFiles, modelFileNames, modelFromFiles } from '../files/artifacts.ts';
import type { TrackModel } from '../track-model.ts';

/**
 * Loads a model from the folder it was saved in; needs nothing native.
 *
 * Throws {@link ModelError} that names the file that is missing, corrupt or foreign.
 */
export async function loadModel(folder: string): Promise<TrackModel> {
  const files: Partial<Record<keyof ModelFiles, Uint8Array>> = {};
  for (const name of modelFileNames) {
    try {
      files[name] = await readFile(join(folder, name));
    } catch (cause) {
      throw new ModelError(
        `${join(folder, name)}: cannot be read (expected a folder written by \`diffusion train\`)`,
        {
          cause,
        },
      );
    }
  }
  return modelFromFiles(files as ModelFiles, folder);
}
