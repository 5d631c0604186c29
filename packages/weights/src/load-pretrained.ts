import {
  sha256 as checksum,
  ModelError,
  modelFromFiles,
  type SingleModel,
} from '@diffusion/models';
import { checkOptions, nearestName, quote } from '@diffusion/tracks/messages';
import { type PretrainedFile, type ShippedModel, shippedModels } from './pretrained-models.ts';
import { addressOfFolder, readFrom } from './read-from.ts';

/** What keeps answers of the network, as the page's Cache does; with `keys` and `delete` it is rid of what older releases left. */
export type AnswerCache = Pick<Cache, 'match' | 'put'> & Partial<Pick<Cache, 'keys' | 'delete'>>;

/** Where {@link loadPretrained} takes the files from. */
export interface LoadPretrainedOptions {
  /**
   * Address of the folder `models` of this package, for a program whose bundler has not kept the files, or that has them
   * elsewhere; in Node a path, too. Beside the package if left out.
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
 * answerText(await model.predict(tracks), 0); // a class, those that are possible, or why there is none: 'ND or FBM'
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
  checkKinds(options);
  const model = models.find((each) => each.name === name);
  if (!model) {
    const names = models.map((each) => each.name);
    const nearest = nearestName(String(name), names);
    const hint = typeof name === 'string' ? `; did you mean ${nearest}?` : '';
    throw new ModelError(
      `there is no pretrained model ${quote(name)}: ${nearest === undefined ? 'none comes with this release' : `expected one of ${names.join(', ')}${hint}`}`,
    );
  }
  const cache = await openCache(options.cache);
  // What is damaged there, or cannot be read, is fetched again.
  const kept = cache && (await keptModel(cache, model).catch(() => undefined));
  if (kept) return kept;
  const config = await fetched(model, 'config.json', options);
  await checkRelease(model, config);
  const files = {
    'config.json': config,
    'model.safetensors': await fetched(model, 'model.safetensors', options),
  };
  const loaded = await modelFromFiles(files, name);
  // A cache that is full is no reason not to judge tracks.
  if (cache) {
    await keep(cache, model, files).catch(() => {});
    await forgetOthers(cache, model).catch(() => {});
  }
  return loaded;
}

const KNOWN = { baseUrl: true, fetch: true, cache: true } as const;

/** Throws {@link ModelError} for an option of another kind than it is to be. */
function checkKinds({ baseUrl, fetch, cache }: LoadPretrainedOptions): void {
  const fail = (name: string, value: unknown, expected: string): never => {
    throw new ModelError(`${name} is ${quote(value)}: expected ${expected}`);
  };
  if (baseUrl !== undefined && typeof baseUrl !== 'string' && !(baseUrl instanceof URL)) {
    fail('baseUrl', baseUrl, 'the address of a folder');
  }
  if (fetch !== undefined && typeof fetch !== 'function') fail('fetch', fetch, 'a function');
  if (cache === undefined || typeof cache === 'boolean') return;
  if (typeof cache?.match !== 'function' || typeof cache.put !== 'function') {
    fail('cache', cache, 'true, false or an object with match and put');
  }
}

/**
 * Files of another release would be another model under the same name, or the same weights with older sets. The configuration
 * says what the weights must be.
 */
async function checkRelease(
  { name, release, sha256 }: ShippedModel,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const fail = (message: string): never => {
    throw new ModelError(
      `${name}/config.json: ${message}; the file is damaged or of another release of @diffusion/weights`,
    );
  };
  // A page that came unencrypted can compute no checksum: there the configuration is taken at its word.
  const found = (await checksum(bytes))?.slice(0, release.length);
  if (found !== undefined && found !== release) {
    fail(`the SHA-256 begins with ${found}: expected ${release}`);
  }
  let written: unknown;
  try {
    written = JSON.parse(new TextDecoder().decode(bytes))?.weights?.sha256;
  } catch (cause) {
    fail((cause as Error).message);
  }
  if (written !== sha256) {
    fail(`is of weights with the SHA-256 ${quote(written)}: expected ${sha256}`);
  }
}

/** The bytes of a file of a model, from where it lies. */
function fetched(
  { name, files }: ShippedModel,
  file: PretrainedFile,
  { baseUrl, fetch = globalThis.fetch }: LoadPretrainedOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  return readFrom(addressOf(), `${name}/${file}`, fetch);

  function addressOf(): string {
    if (baseUrl !== undefined) return `${addressOfFolder(baseUrl)}/${name}/${file}`;
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

/** What the places of all releases of a model begin with. */
const ofModel = ({ name }: ShippedModel): string => `https://weights.invalid/${name}/`;

/** The place of a file in a cache, an address that nobody has: it does not depend on where the file was fetched from. */
const placeOf = (model: ShippedModel, file: PretrainedFile): string =>
  `${ofModel(model)}${model.release}/${file}`;

/** A model from its files in a cache, if all are there. */
async function keptModel(
  cache: AnswerCache,
  model: ShippedModel,
): Promise<SingleModel | undefined> {
  const found: Partial<Record<PretrainedFile, Uint8Array>> = {};
  for (const file of fileNames) {
    const answer = await cache.match(placeOf(model, file));
    if (!answer) return undefined;
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (file === 'config.json') await checkRelease(model, bytes);
    found[file] = bytes;
  }
  return modelFromFiles(found, model.name);
}

async function keep(
  cache: AnswerCache,
  model: ShippedModel,
  files: Readonly<Record<PretrainedFile, Uint8Array<ArrayBuffer>>>,
): Promise<void> {
  for (const file of fileNames) await cache.put(placeOf(model, file), new Response(files[file]));
}

/** Nothing asks for other releases of a model any more: they would take up space for ever. */
async function forgetOthers(cache: AnswerCache, model: ShippedModel): Promise<void> {
  const own: readonly string[] = fileNames.map((file) => placeOf(model, file));
  for (const key of (await cache.keys?.()) ?? []) {
    const other = key.url.startsWith(ofModel(model)) && !own.includes(key.url);
    if (other) await cache.delete?.(key);
  }
}

async function openCache(cache: boolean | AnswerCache = false): Promise<AnswerCache | undefined> {
  if (typeof cache !== 'boolean') return cache;
  return cache
    ? await globalThis.caches?.open('@diffusion/weights').catch(() => undefined)
    : undefined;
}
