import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { committedPath } from '@diffusion/tracks/node';
import { ModelError } from '../errors.ts';
import { type LoadOptions, openModel } from '../files/artifacts.ts';
import type { SingleModel } from '../predict/model.ts';

/**
 * Loads a model, a network or a classical one, from the folder it was saved in; needs nothing native.
 *
 * Throws {@link ModelError} that names the file that is missing, corrupt or foreign.
 *
 * @param options what the model was made with that is one's own: `encoders`, `networks`,
 *   `layers`, `features`.
 *
 * @example
 * const model = await loadModel('out/model', { encoders: [steps], networks: [tiny] });
 */
export function loadModel(folder: string, options: LoadOptions = {}): Promise<SingleModel> {
  return openModel(
    async (name) => {
      try {
        return await readFile(await committedPath(folder, name));
      } catch (cause) {
        throw new ModelError(
          `${join(folder, name)}: cannot be read (expected a folder written by \`diffusion train\`)`,
          { cause },
        );
      }
    },
    folder,
    options,
  );
}
