import { ModelError } from '../errors.ts';
import type { SingleModel } from '../predict/model.ts';
import { type LoadOptions, openModel } from './artifacts.ts';
import { MissingFile } from './missing-file.ts';

/** Answers to what is not there; stores of objects that may not be listed say 403. */
const missing: readonly number[] = [403, 404, 410];

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
      let response: Response;
      try {
        response = await fetch(at);
      } catch (cause) {
        throw new ModelError(`${at}: cannot be read (${(cause as Error).message})`, { cause });
      }
      const { ok, status } = response;
      if (missing.includes(status))
        throw new MissingFile(`${at}: cannot be read (status ${status})`);
      if (!ok) throw new ModelError(`${at}: cannot be read (status ${status})`);
      // Servers of single-page applications answer with the page what is not there.
      const type = response.headers.get('content-type') ?? '';
      if (/^text\/html\b/.test(type))
        throw new MissingFile(`${at}: cannot be read (it is ${type})`);
      try {
        return new Uint8Array(await response.arrayBuffer());
      } catch (cause) {
        throw new ModelError(
          `${at}: cannot be read (cut off in transfer: ${(cause as Error).message})`,
          { cause },
        );
      }
    },
    folder,
    options,
  );
}
