import { type BackendName, useBackend } from '@diffusion/backends';
import { encoders, type Json, type JsonObject, networkByName } from '@diffusion/models';
import { dataSetFrom, type SpecificationWithout } from '@diffusion/simulate';
import {
  isClassical,
  type Recipe,
  type RecipeData,
  type RecipeEncoder,
  type RecipeFolds,
  readRecipe,
} from '@diffusion/train';
import { checkFeatures } from '../check-features.ts';
import { exists } from '../exists.ts';
import { InputError } from '../input-error.ts';
import { modelNamed } from '../model-names.ts';
import { comesTrained, loadSingle } from '../open-model.ts';
import { settingsFor } from '../settings.ts';
import { inFile, readSpecification } from '../specification.ts';
import { type AugmentationName, augmentations, defaults } from './defaults.ts';
import { type FoundRecipe, findRecipe } from './find-recipe.ts';
import { labelledIn } from './labelled-in.ts';

/** The flags of `train` that say something of the recipe; each of them is undefined where it is not given. */
export interface RecipeFlags {
  recipe?: string;
  start?: string;
  model?: string;
  set?: Record<string, string>;
  change?: Record<string, string>;
  encoder?: string;
  features?: string[];
  augmentation?: AugmentationName;
  balance?: 'oversample' | 'undersample' | 'class-weights' | 'smote' | 'none';
  preset?: 'gajowczyk2021' | 'andi2020' | 'motion' | 'liposomes';
  spec?: string;
  data?: string;
  task?: '1' | '2' | 'both';
  dim?: number;
  count?: number;
  repeat?: boolean;
  lengths?: readonly number[];
  folds?: number;
  group?: string;
  fold?: number;
  epochs?: number;
  batchSize?: number;
  learningRate?: number;
  shards?: number;
  seed?: number;
  backend?: BackendName | 'auto';
}

/** Flags that are for networks alone. */
const ofNetworks = [
  'encoder',
  'start',
  'lengths',
  'epochs',
  'batchSize',
  'learningRate',
  'shards',
  'backend',
] as const;

/** The recipe in the card of a model that comes trained. */
async function recipeOfTrained(name: string): Promise<FoundRecipe> {
  await useBackend('cpu');
  const model = await loadSingle(name);
  const { recipe } = model.card;
  model.dispose();
  return { json: recipe as FoundRecipe['json'], source: name };
}

/**
 * The recipe that the flags say: that of a file, of the card of a saved model or one that comes with the packages, with
 * what other flags say in place of what stands there; or a new one. It is read and checked as a file is.
 *
 * @param long the name of a flag as it is written, for messages.
 */
export async function recipeOfFlags(
  flags: RecipeFlags,
  long: (flag: keyof RecipeFlags) => string,
): Promise<Recipe> {
  // A training that only says with what it begins is that training again.
  const alone = flags.model === undefined && flags.recipe === undefined ? flags.start : undefined;
  const trained = alone !== undefined && (await comesTrained(alone));
  if (alone !== undefined && !trained && !(await exists(alone))) {
    throw new InputError(
      `option '--start' is ${alone}: there is no such folder of a saved model, and no model of that name comes trained`,
    );
  }
  const named = flags.recipe ?? alone;
  const found =
    named === undefined
      ? undefined
      : trained
        ? await recipeOfTrained(named)
        : await findRecipe(named);
  if (found && flags.model !== undefined) {
    throw new InputError("option '--model' cannot be used with '--recipe', which says the model");
  }
  if (!found && flags.model === undefined) {
    throw new InputError("option '--model <name>' is missing: `diffusion models` lists them");
  }
  refuseSaidTwice(flags, long);
  const told = found ? await changed(found, flags, long) : await written(flags, long);
  const recipe = withChanges(found ? withoutCalibration(told, flags, long) : told, flags.change);
  const { shards } = flags;
  const { batchSize } = recipe;
  if (shards !== undefined && typeof batchSize === 'number' && shards > batchSize) {
    throw new InputError(
      `option '--shards' is ${shards}: expected at most the tracks of a batch, ${batchSize}`,
    );
  }
  return readRecipe(recipe, {
    source: found?.source ?? '',
    ...(found?.base && { base: found.base }),
  });
}

/** The same without the calibration of the recipe, and a line that says so, where a flag asks for what cannot have one. */
function withoutCalibration(
  recipe: Draft,
  flags: RecipeFlags,
  long: (flag: keyof RecipeFlags) => string,
): Draft {
  const { calibration, ...others } = recipe;
  const { change = {}, fold } = flags;
  const against = (['data', 'lengths', ...(fold === undefined ? ['folds'] : [])] as const).find(
    (flag) => flags[flag as keyof RecipeFlags] !== undefined,
  ) as keyof RecipeFlags | undefined;
  const asked = Object.keys(change).some((path) => namesOf(path)[0] === 'calibration');
  if (!calibration || against === undefined || asked) return recipe;
  process.stderr.write(
    `the calibration of the recipe is left out: it is for one model of simulated tracks, and not with '${long(against)}'\n`,
  );
  return others;
}

/** A recipe as it is before it is read: plain JSON. */
type Draft = Record<string, unknown>;

/** A new recipe. */
async function written(
  flags: RecipeFlags,
  long: (flag: keyof RecipeFlags) => string,
): Promise<Draft> {
  // Cuts and missing frames would make the lengths of a bank differ.
  const usual = flags.lengths ? 'rotation' : 'microscope';
  const { model = '', features, augmentation = usual } = flags;
  const { network, classical } = modelNamed(model);
  if (classical) {
    const { name, kind, madeBy } = classical;
    if (madeBy !== 'fitClassical') {
      throw new InputError(
        `model '${name}' is a ${kind} that needs no training: \`diffusion predict --model ${name}\` takes it as it is`,
      );
    }
    refuse(flags, ofNetworks, long, `is for networks: ${name} is a ${kind}`);
  }
  checkFeatures(features);
  const settings = settingsFor((classical ?? network).options, flags.set);
  const { data, seed, hasClasses } = await dataOf(flags, long);
  const head = { format: 'diffusion-recipe', version: 1, data, ...foldsOf(flags, long) };
  const end = {
    seed: flags.seed ?? seed ?? defaults.seed,
    augmentation: augmentations[augmentation],
    ...balanceOf(flags),
  };
  if (classical) {
    return {
      ...head,
      classifier: { name: classical.name, options: settings },
      features: features ?? 'unit-free',
      ...end,
    };
  }
  const { epochs, batchSize, learningRate, labelSmoothing, shards } = defaults;
  return {
    ...head,
    network: { name: model, options: settings },
    encoder: encoderOf(model, flags),
    ...(flags.start !== undefined && { start: { model: flags.start } }),
    ...(flags.lengths && { lengths: flags.lengths }),
    epochs: flags.epochs ?? epochs,
    batchSize: flags.batchSize ?? batchSize,
    learningRate: flags.learningRate ?? learningRate,
    // Another loss is given whole: what is usual beside cross-entropy is not meant with it.
    ...(hasClasses && !('loss.classes' in (flags.change ?? {})) && { loss: { labelSmoothing } }),
    shards: flags.shards ?? shards,
    ...end,
  };
}

const balanceOf = ({ balance }: RecipeFlags): Draft =>
  balance === undefined || balance === 'none' ? {} : { balance: { kind: balance } };

/** How a network is fed: as its description says, with features where it takes some. */
function encoderOf(model: string, { encoder, features }: RecipeFlags): Draft {
  const { input } = networkByName(model);
  checkEncoder(encoder);
  const usual = encoder === undefined && input?.features ? 'unit-free' : [];
  return {
    kind: encoder ?? input?.kind,
    features: features ?? usual,
  };
}

function checkEncoder(kind: string | undefined): void {
  const names = encoders.map(({ name }) => name);
  if (kind === undefined || names.includes(kind)) return;
  throw new InputError(`option '--encoder' is ${kind}: expected one of ${names.join(', ')}`);
}

/** Another encoder in place of one: with the same features, and with those options that it has as well. */
function encoderInPlace(
  kind: string,
  { options = {}, features = [] }: RecipeEncoder = {},
): RecipeEncoder {
  const known = encoders.find(({ name }) => name === kind)?.options ?? {};
  const kept = Object.entries(options).filter(
    ([name, value]) => Object.hasOwn(known, name) && known[name].accepts(value),
  );
  return { kind, ...(kept.length > 0 && { options: Object.fromEntries(kept) }), features };
}

/** A recipe that is there, with what the flags say in its place. */
async function changed(
  { json, source }: FoundRecipe,
  flags: RecipeFlags,
  long: (flag: keyof RecipeFlags) => string,
): Promise<Draft> {
  const recipe = { ...json };
  const classical = isClassical(recipe as unknown as Recipe);
  if (classical) refuse(flags, ofNetworks, long, `is for networks: ${source} is of a classifier`);
  checkFeatures(flags.features);
  checkEncoder(flags.encoder);
  if (flags.set) {
    const part = (classical ? recipe.classifier : recipe.network) as
      | { name?: string; options?: JsonObject }
      | undefined;
    const { network, classical: fitted } = modelNamed(String(part?.name));
    const settings = settingsFor((fitted ?? network).options, flags.set);
    recipe[classical ? 'classifier' : 'network'] = {
      ...part,
      options: { ...part?.options, ...settings },
    };
  }
  if (flags.encoder !== undefined) {
    recipe.encoder = encoderInPlace(flags.encoder, recipe.encoder as RecipeEncoder | undefined);
  }
  if (flags.features) {
    if (classical) recipe.features = flags.features;
    else recipe.encoder = { ...(recipe.encoder as Draft), features: flags.features };
  }
  if (flags.start !== undefined) recipe.start = { model: flags.start };
  if (flags.lengths) recipe.lengths = flags.lengths;
  if (flags.augmentation) recipe.augmentation = augmentations[flags.augmentation];
  if (flags.balance !== undefined) delete recipe.balance;
  Object.assign(recipe, balanceOf(flags));
  const names = ['epochs', 'batchSize', 'learningRate', 'shards', 'seed'] as const;
  for (const name of names) if (flags[name] !== undefined) recipe[name] = flags[name];
  if (flags.backend !== undefined) delete recipe.backend;
  const replaced = [flags.preset, flags.spec, flags.data].some((each) => each !== undefined);
  if (replaced) {
    const { data, seed } = await dataOf(flags, long);
    recipe.data = data;
    if (flags.seed === undefined && seed !== undefined) recipe.seed = seed;
  } else {
    refuse(flags, ['task', 'dim'], long, 'is for a preset: --preset andi2020');
    const data = recipe.data as Draft | undefined;
    if (flags.count !== undefined) {
      if (data === undefined || !('tracksPerEpoch' in data)) {
        throw new InputError(
          `option '--count' is for simulated tracks of which ${source} says the number`,
        );
      }
      recipe.data = { ...data, tracksPerEpoch: flags.count };
    }
    // Folds are made of tracks that every epoch sees again.
    const parted =
      (flags.folds !== undefined || flags.lengths) &&
      data !== undefined &&
      'tracksPerEpoch' in data;
    if (flags.repeat || parted) recipe.data = { ...(recipe.data as Draft), repeat: true };
  }
  const { folds } = foldsOf(flags, long, recipe.folds as RecipeFolds | undefined);
  return { ...recipe, ...(folds && { folds }) };
}

/** What the flags say of folds, in place of what is there. */
function foldsOf(
  { folds, group, fold }: RecipeFlags,
  long: (flag: keyof RecipeFlags) => string,
  given?: RecipeFolds,
): { folds?: RecipeFolds } {
  if (folds === undefined && !given) {
    refuse({ group, fold }, ['group', 'fold'], long, 'is for folds: --folds K');
    return {};
  }
  const { count = 0, ...rest } = given ?? {};
  return {
    folds: {
      ...rest,
      count: folds ?? count,
      ...(group !== undefined && { group }),
      ...(fold !== undefined && { only: fold }),
    },
  };
}

type Unseeded = SpecificationWithout<'count' | 'seed'>;

/** What is learnt from; a file may also say the seed. */
async function dataOf(
  flags: RecipeFlags,
  long: (flag: keyof RecipeFlags) => string,
): Promise<{ data: RecipeData; seed?: number; hasClasses: boolean }> {
  if (flags.data !== undefined) {
    refuse(flags, ['task', 'dim', 'count', 'repeat'], long, 'is for simulated tracks');
    const data = { folder: flags.data };
    const { output } = await labelledIn(flags.data);
    return { data, hasClasses: output.kind !== 'exponent' };
  }
  const { dataSets, count, seed } = await specificationsOf(flags, long);
  return {
    data: {
      dataSets,
      tracksPerEpoch: flags.count ?? count ?? defaults.tracksPerEpoch,
      // Folds are made of tracks that every epoch sees again, and so are the networks of a bank.
      ...((flags.repeat || flags.folds !== undefined || flags.lengths) && { repeat: true }),
    },
    seed,
    hasClasses: dataSets.some((set) => answersOf(set)[0] === 'classes'),
  };
}

const answersOf = (set: object) => dataSetFrom({ count: 1, seed: 0, ...set }).answers;

/** What is simulated; a file may also say the count per epoch and the seed. */
async function specificationsOf(
  flags: RecipeFlags,
  long: (flag: keyof RecipeFlags) => string,
): Promise<{ dataSets: Unseeded[]; count?: number; seed?: number }> {
  const { preset, spec, task = '2', dim = 2 } = flags;
  if (preset === 'liposomes') {
    throw new InputError(
      "option '--preset' is liposomes, which has images: expected --model lipnet, or a recipe for images",
    );
  }
  if (preset === 'andi2020') {
    const tasks = task === 'both' ? [1, 2] : [Number(task)];
    // Task and dimension are checked where the sets are made.
    const dataSets = tasks.map((each) => ({ preset, task: each, dim })) as Unseeded[];
    return { dataSets };
  }
  refuse(flags, ['task'], long, 'is for the preset andi2020');
  if (preset === 'motion') return { dataSets: [{ preset, dim }] as Unseeded[] };
  refuse(flags, ['dim'], long, 'is for the presets andi2020 and motion');
  if (preset !== undefined) return { dataSets: [{ preset }] };
  if (spec !== undefined) {
    const given = await readSpecification(spec);
    const answers = inFile(spec, () => answersOf(given));
    if (answers.length === 0) {
      throw new InputError(
        'task' in given && given.task === 3
          ? `${spec}: task is 3: expected 1 or 2, which ask for one answer per track`
          : `${spec}: its tracks change on their way: expected a data set with one answer per track`,
      );
    }
    const { count, seed, ...specification } = given;
    return { dataSets: [specification], count, seed };
  }
  throw new InputError(
    "option '--preset <name>', '--spec <file.json>' or '--data <folder>' is missing",
  );
}

/** The fields that a flag says, as `--change` names them; `*` is a part whose own fields may be changed beside the flag. */
const placesOf: Readonly<Partial<Record<keyof RecipeFlags, readonly string[]>>> = {
  model: ['network.name', 'classifier.name'],
  encoder: ['encoder.kind'],
  start: ['start.model'],
  features: ['encoder.features', 'features'],
  augmentation: ['augmentation'],
  balance: ['balance.kind'],
  preset: ['data.dataSets.0.preset'],
  spec: ['data.dataSets.*'],
  data: ['data.folder'],
  task: ['data.dataSets.0.task', 'data.dataSets.1.task'],
  dim: ['data.dataSets.0.dim', 'data.dataSets.1.dim'],
  count: ['data.tracksPerEpoch'],
  repeat: ['data.repeat'],
  lengths: ['lengths'],
  folds: ['folds.count'],
  group: ['folds.group'],
  fold: ['folds.only'],
  epochs: ['epochs'],
  batchSize: ['batchSize'],
  learningRate: ['learningRate'],
  shards: ['shards'],
  seed: ['seed'],
  backend: ['backend'],
};

/** Throws where `--change` says a field, or a part around it, that another flag says as well. */
function refuseSaidTwice(flags: RecipeFlags, long: (flag: keyof RecipeFlags) => string): void {
  const options = Object.keys(flags.set ?? {}).flatMap((name) =>
    ['network', 'classifier'].map((part) => ({
      flag: 'set' as const,
      place: `${part}.options.${name}`,
    })),
  );
  const places = (Object.keys(placesOf) as (keyof typeof placesOf)[])
    .filter((flag) => flags[flag] !== undefined)
    .flatMap((flag) => (placesOf[flag] ?? []).map((place) => ({ flag, place })));
  for (const path of Object.keys(flags.change ?? {})) {
    const changed = namesOf(path).join('.');
    const twice = [...places, ...options].find(
      ({ place }) =>
        place === changed || place.startsWith(`${changed}.`) || changed.startsWith(`${place}.`),
    );
    if (!twice) continue;
    throw new InputError(
      `option '--change' is for ${path}, which '${long(twice.flag)}' says: expected one of the two`,
    );
  }
}

/** The names on the way to a field: `data.dataSets[0].dim`, or `data.dataSets.0.dim`. */
export const namesOf = (path: string): string[] => path.replace(/\[(\d+)\]/g, '.$1').split('.');

/** What `--change path=value` says, at its places; a value is JSON, or else a text. */
export function withChanges(recipe: Draft, changes: Readonly<Record<string, string>> = {}): Draft {
  let result = recipe;
  for (const [path, text] of Object.entries(changes)) {
    const names = namesOf(path);
    if (names.some((name) => !/^([A-Za-z]\w*|\d+)$/.test(name))) refusePlace(path);
    result = withField(result, names, jsonOf(text), path) as Draft;
  }
  return result;
}

function refusePlace(path: string): never {
  throw new InputError(
    `option '--change' is for ${path}: expected the place of a field, such as loss.classes or data.dataSets[0].dim`,
  );
}

/** A part of a recipe with another value at a place in it; a member of a list is one that there is. */
function withField(
  part: unknown,
  [name, ...rest]: readonly string[],
  value: Json,
  path: string,
): unknown {
  if (name === undefined) return value;
  if (Array.isArray(part)) {
    if (!(Number(name) < part.length)) refusePlace(path);
    return part.map((each, k) => (k === Number(name) ? withField(each, rest, value, path) : each));
  }
  if (/^\d/.test(name)) refusePlace(path);
  const fields = typeof part === 'object' && part !== null ? (part as Draft) : {};
  const inner = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return { ...fields, [name]: withField(inner, rest, value, path) };
}

function jsonOf(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function refuse(
  flags: RecipeFlags,
  names: readonly (keyof RecipeFlags)[],
  long: (flag: keyof RecipeFlags) => string,
  why: string,
): void {
  for (const name of names) {
    if (flags[name] !== undefined) throw new InputError(`option '${long(name)}' ${why}`);
  }
}
