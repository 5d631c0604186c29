import type { SingleModel } from '../predict/model.ts';
import { type LoadOptions, openModel } from './artifacts.ts';
import { MissingFile } from './missing-file.ts';

/**
 * Loads a model from files that were picked in a page or dropped on it, as `<input type="file" multiple>` or a picked
 * folder gives them.
 *
 * Throws `ModelError` that names the file that is missing, corrupt or foreign.
 *
 * @param files known by their names; others are passed over.
 *
 * @example
 * const model = await loadModelFromPickedFiles(input.files);
 */
export function loadModelFromPickedFiles(
  files: Iterable<Blob & { readonly name: string }>,
  options: LoadOptions = {},
): Promise<SingleModel> {
  const all = [...files];
  return openModel(
    async (name) => {
      const file = all.find((each) => each.name === name);
      if (!file) {
        const names = all.map((each) => each.name).join(', ');
        throw new MissingFile(`picked files: ${name} is not among them (${names || 'none'})`);
      }
      return new Uint8Array(await file.arrayBuffer());
    },
    'picked files',
    options,
  );
}
