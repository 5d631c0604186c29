import { join } from 'node:path';
import { committedPath, readBytes } from '@diffusion/tracks/node';
import { ModelError } from '../errors.ts';
import { type LoadOptions, type ModelFileName, openModel } from '../files/artifacts.ts';
import type { HubFileName } from '../files/hub-parts.ts';
import { MissingFile } from '../files/missing-file.ts';
import type { SingleModel } from '../predict/model.ts';

/** The most bytes of each file: it is held in memory whole. */
const MOST_BYTES: Readonly<Record<ModelFileName | HubFileName, number>> = {
  'card.json': 2 ** 24,
  'model.json': 2 ** 26,
  'classifier.json': 2 ** 29,
  'weights.bin': 2 ** 31,
  'README.md': 2 ** 24,
  'config.json': 2 ** 26,
  'model.safetensors': 2 ** 31,
};

/**
 * Loads a model, a network or a classical one, from the folder it was saved in, by `saveModel` or by `saveHubModel`; needs
 * nothing native.
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
  return loadModelFrom(folder, '', options);
}

/** The model in a folder whose files have `prefix` in front of their names. */
export function loadModelFrom(
  folder: string,
  prefix: string,
  options: LoadOptions,
): Promise<SingleModel> {
  const { read, source } = filesIn(folder, prefix);
  return openModel(read, source, options);
}

/** How the files of the model in a folder are read, and what it is called in messages. */
export function filesIn(
  folder: string,
  prefix: string,
): { read(name: ModelFileName | HubFileName): Promise<Uint8Array>; source: string } {
  return {
    async read(name) {
      const own = `${prefix}${name}`;
      try {
        return await readBytes(await committedPath(folder, own), MOST_BYTES[name]);
      } catch (cause) {
        const code = ((cause as Error).cause as NodeJS.ErrnoException | undefined)?.code;
        // What is there and is no such file is said as it is.
        if (code !== 'ENOENT' && code !== 'ENOTDIR') {
          throw new ModelError((cause as Error).message, { cause });
        }
        throw new MissingFile(
          `${join(folder, own)}: cannot be read (expected the folder of a saved model)`,
          { cause },
        );
      }
    },
    source: prefix === '' ? folder : join(folder, prefix.slice(0, -1)),
  };
}
