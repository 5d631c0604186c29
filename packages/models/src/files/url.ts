import { ModelError } from '../errors.ts';
import type { SingleModel } from '../predict/model.ts';
import { type LoadOptions, openModel } from './artifacts.ts';
import { fetchBytes, type NotFetched } from './fetch-bytes.ts';
import { MissingFile } from './missing-file.ts';

/**
 * Loads a model from a folder on the web.
 *
 * Throws {@link ModelError} that names the address that cannot be read, or the file that is corrupt or foreign.
 *
 * @param url of the folder; `card.json` and the others lie in it, or `config.json` and `model.safetensors` as on Hugging Face
 *   (`https://huggingface.co/OWNER/NAME/resolve/main`).
 * @param options.fetch what asks for an address; the platform's when absent.
 *
 * @example
 * const model = await loadModelFromUrl('https://example.org/models/four-classes');
 */
export function loadModelFromUrl(
  url: string,
  {
    fetch = globalThis.fetch,
    ...options
  }: LoadOptions & { readonly fetch?: typeof globalThis.fetch } = {},
): Promise<SingleModel> {
  const folder = url.replace(/\/$/, '');
  return openModel(
    async (name) => {
      const at = `${folder}/${name}`;
      try {
        return await fetchBytes(at, fetch);
      } catch (cause) {
        const { message, missing } = cause as NotFetched;
        const Kind = missing ? MissingFile : ModelError;
        throw new Kind(`${at}: cannot be read (${message})`, { cause });
      }
    },
    folder,
    options,
  );
}
