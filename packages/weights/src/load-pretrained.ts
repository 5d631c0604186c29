import { ModelError, modelFromFiles, type SingleModel } from '@diffusion/models';
import { checkOptions, nearestName, quote } from '@diffusion/tracks/messages';
import { type PretrainedFile, type ShippedModel, shippedModels } from './pretrained-models.ts';
import { readFrom } from './read-from.ts';

/** What keeps answers of the network, as the page's Cache does. */
export type AnswerCache = Pick<Cache, 'match' | 'put'>;

/** Where {@link loadPretrained} takes the files from. */
export interface LoadPretrainedOptions {
  /**
   * Address of the folder `models` of this package, for a program whose bundler has not kept the files, or that has them
   * elsewhere. Beside the package if left out.
   */
  readonly baseUrl?: string | URL;
  /** What asks for an address; the platform's if left out. Files of this machine are read without it. */
  readonly fetch?: typeof globalThis.fetch;
  /**
   * Keeps what was fetched, so that it is fetched once: true for the page's own Cache, which pages that came encrypted have, or
   * another of the kind. Every release of a model has its own place in it. Files of this machine need none.
   */
  readonly cache?: boolean | AnswerCache;
}

/**
 * A trained model that comes with this package, by its name: the same as `loadModel` gives of its folder.
 *
 * Throws {@link ModelError} for a name that there is not, with the nearest one, and where a file is missing, damaged, of
 * another release or of another format.
 *
 * @example
 * const model = await loadPretrained('motion-2d');
 * const { labels, probabilities, reasons } = await model.predict(tracks);
 */
export function loadPretrained(
  name: string,
  options: LoadPretrainedOptions = {},
): Promise<SingleModel> {
  return loadShipped(name, shippedModels, options);
}

/** {@link loadPretrained} of a list of models. */
export async function loadShipped(
  name: string,
  models: readonly ShippedModel[],
  options: LoadPretrainedOptions,
): Promise<SingleModel> {
  checkOptions<LoadPretrainedOptions>('loadPretrained', options, KNOWN, ModelError);
  const model = models.find((each) => each.name === name);
  if (!model) {
    const names = models.map((each) => each.name);
    const nearest = nearestName(String(name), names);
    throw new ModelError(
      `there is no pretrained model ${quote(name)}: ${nearest === undefined ? 'none comes with this release' : `expected one of ${names.join(', ')}; did you mean ${nearest}?`}`,
    );
  }
  const cache = await openCache(options.cache);
  const kept = cache && (await keptIn(cache, model));
  if (kept) {
    // What was damaged there is fetched again.
    const loaded = await modelFromFiles(kept, name).catch(() => undefined);
    if (loaded) return loaded;
  }
  const config = await fetched(model, 'config.json', options);
  checkRelease(model, config);
  const files = {
    'config.json': config,
    'model.safetensors': await fetched(model, 'model.safetensors', options),
  };
  const loaded = await modelFromFiles(files, name);
  // A cache that is full is no reason not to judge tracks.
  if (cache) await keep(cache, model, files).catch(() => {});
  return loaded;
}

const KNOWN = { baseUrl: true, fetch: true, cache: true } as const;

/** Files of another release would be another model under the same name. */
function checkRelease({ name, sha256 }: ShippedModel, bytes: Uint8Array): void {
  let found: unknown;
  try {
    found = JSON.parse(new TextDecoder().decode(bytes))?.weights?.sha256;
  } catch {
    // What is no JSON is said by the reader of it.
    return;
  }
  if (found === undefined || found === sha256) return;
  throw new ModelError(
    `${name}/config.json: is of weights with the SHA-256 ${quote(found)}: expected ${sha256}, those of this release of @diffusion/weights`,
  );
}

/** The bytes of a file of a model, from where it lies. */
function fetched(
  { name, files }: ShippedModel,
  file: PretrainedFile,
  { baseUrl, fetch = globalThis.fetch }: LoadPretrainedOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  return readFrom(addressOf(), `${name}/${file}`, fetch);

  function addressOf(): string {
    if (baseUrl !== undefined) return `${String(baseUrl).replace(/\/$/, '')}/${name}/${file}`;
    try {
      return files[file]().href;
    } catch (cause) {
      // A bundle that is no module does not know where it lies.
      throw new ModelError(
        `${name}/${file}: this program does not know where it lies: expected baseUrl, the address of the folder models of @diffusion/weights`,
        { cause },
      );
    }
  }
}

const fileNames = ['config.json', 'model.safetensors'] as const;

/** The place of a file in a cache, an address that nobody has: it does not depend on where the file was fetched from. */
const placeOf = ({ name, release }: ShippedModel, file: PretrainedFile): string =>
  `https://weights.invalid/${name}/${release}/${file}`;

/** The files of a model in a cache, if all are there. */
async function keptIn(
  cache: AnswerCache,
  model: ShippedModel,
): Promise<Record<PretrainedFile, Uint8Array> | undefined> {
  const found: Partial<Record<PretrainedFile, Uint8Array>> = {};
  for (const file of fileNames) {
    const answer = await cache.match(placeOf(model, file));
    if (!answer) return undefined;
    found[file] = new Uint8Array(await answer.arrayBuffer());
  }
  return found as Record<PretrainedFile, Uint8Array>;
}

async function keep(
  cache: AnswerCache,
  model: ShippedModel,
  files: Readonly<Record<PretrainedFile, Uint8Array<ArrayBuffer>>>,
): Promise<void> {
  for (const file of fileNames) await cache.put(placeOf(model, file), new Response(files[file]));
}

async function openCache(cache: boolean | AnswerCache = false): Promise<AnswerCache | undefined> {
  if (typeof cache !== 'boolean') return cache;
  return cache
    ? await globalThis.caches?.open('@diffusion/weights').catch(() => undefined)
    : undefined;
}
