import { type JsonObject, networks } from '@diffusion/models';
import type { View } from '@diffusion/tracks';
import {
  type ImageRecipe,
  isImageRecipe,
  type RecipeFolds,
  readImageRecipe,
} from '@diffusion/train';
import { readyImageRecipe, readyImageRecipes } from '@diffusion/train/node';
import { InputError } from '../input-error.ts';
import { modelNamed } from '../model-names.ts';
import { settingsFor } from '../settings.ts';
import { findRecipe } from '../training/find-recipe.ts';
import { namesOf, type RecipeFlags, withChanges } from '../training/recipe-of-flags.ts';
import { liposomeCounts, usualSize } from './liposome-set.ts';

/** The flags of `train` for images, beside those that other trainings have. */
export interface ImageRecipeFlags extends RecipeFlags {
  view?: View;
}

type Long = (flag: keyof ImageRecipeFlags) => string;

/** A recipe as it is before it is read: plain JSON. */
type Draft = Record<string, unknown>;

/** Flags that mean nothing to images. */
const ofTracks = [
  'start',
  'encoder',
  'features',
  'spec',
  'task',
  'dim',
  'repeat',
  'lengths',
  'shards',
] as const;

/** Whether a training is on images: by the network that is named, or by the recipe. */
export async function isOfImages({ recipe, model }: RecipeFlags): Promise<boolean> {
  if (recipe !== undefined) return isImageRecipe((await findRecipe(recipe)).json);
  const network = networks.find(({ name }) => name === model);
  return network !== undefined && network.input === undefined;
}

/**
 * The recipe for images that the flags say: that of a file, of the card of a saved model or one that comes with the packages, with
 * what other flags say in place of what stands there; or a new one, like that which comes with the packages for its network.
 *
 * @param long the name of a flag as it is written, for messages.
 */
export async function imageRecipeOfFlags(
  flags: ImageRecipeFlags,
  long: Long,
): Promise<ImageRecipe> {
  const found =
    flags.recipe === undefined
      ? { json: await usualRecipe(flags), source: '' }
      : await findRecipe(flags.recipe);
  if (flags.recipe !== undefined && flags.model !== undefined) {
    throw new InputError("option '--model' cannot be used with '--recipe', which says the model");
  }
  for (const flag of ofTracks) {
    if (flags[flag] === undefined) continue;
    throw new InputError(`option '${long(flag)}' is for tracks: this training is on images`);
  }
  if (flags.augmentation !== undefined && flags.augmentation !== 'none') {
    throw new InputError(
      `option '--augmentation' is ${flags.augmentation}: expected none, or --change augmentation='{"rotation":180}' for images`,
    );
  }
  refuseSaidTwice(flags, long);
  const recipe: Draft = { ...found.json };
  if (flags.set) {
    const part = recipe.network as { name: string; options?: JsonObject };
    const { network } = modelNamed(part.name);
    const settings = settingsFor(network?.options ?? {}, flags.set);
    recipe.network = { ...part, options: { ...part.options, ...settings } };
  }
  recipe.data = dataOf(recipe, flags, found.source);
  if (flags.view !== undefined) recipe.frame = { ...(recipe.frame as Draft), view: flags.view };
  if (flags.augmentation === 'none') delete recipe.augmentation;
  if (flags.balance !== undefined) {
    if (flags.balance === 'none') delete recipe.balance;
    else recipe.balance = { kind: flags.balance };
  }
  for (const name of ['epochs', 'batchSize', 'learningRate', 'seed'] as const) {
    if (flags[name] !== undefined) recipe[name] = flags[name];
  }
  if (flags.backend !== undefined) delete recipe.backend;
  const folds = foldsOf(flags, long, recipe.folds as RecipeFolds | undefined);
  if (folds) recipe.folds = folds;
  return readImageRecipe(withChanges(recipe, flags.change), { source: found.source });
}

/** What is trained where no recipe is given: as the recipe for the variant that is chosen, on what the flags say. */
async function usualRecipe({ model = '', set, data, preset }: RecipeFlags): Promise<Draft> {
  if (data === undefined && preset !== 'liposomes') {
    throw new InputError(
      `model '${model}' takes images: expected --data FOLDER of labelled images, or --preset liposomes`,
    );
  }
  const variant = set?.variant ?? '4';
  const name = `lipnet-${variant}`;
  const names = await readyImageRecipes();
  if (!names.includes(name)) {
    const known = names.map((each) => each.replace('lipnet-', '')).join(', ');
    throw new InputError(`option '--set' is variant=${variant}: expected one of ${known}`);
  }
  const { name: _, about: __, ...recipe } = await readyImageRecipe(name);
  return { ...recipe };
}

/** What is learnt from. */
function dataOf(
  { data: given }: Draft,
  { data: folder, preset, count }: ImageRecipeFlags,
  source: string,
): unknown {
  if (preset !== undefined && preset !== 'liposomes') {
    throw new InputError(`option '--preset' is ${preset}, which has tracks: expected liposomes`);
  }
  const before = typeof given === 'object' && given !== null ? (given as Draft) : {};
  if (folder !== undefined) {
    if (count !== undefined) throw new InputError("option '--count' is for drawn images");
    const { validation, test } = before;
    return {
      folder,
      ...(validation !== undefined && { validation }),
      ...(test !== undefined && { test }),
    };
  }
  const drawn =
    preset === 'liposomes' && !('liposomes' in before)
      ? {
          liposomes: { problem: 'lamellarity', size: usualSize },
          count: liposomeCounts.lamellarity,
        }
      : before;
  if (count === undefined) return drawn;
  if (!('liposomes' in drawn)) {
    throw new InputError(`option '--count' is for drawn images: ${source} learns from a folder`);
  }
  return { ...drawn, count };
}

function foldsOf(
  { folds, group, fold }: RecipeFlags,
  long: Long,
  given: RecipeFolds | undefined,
): RecipeFolds | undefined {
  if (folds === undefined && !given) {
    for (const [flag, value] of Object.entries({ group, fold })) {
      if (value === undefined) continue;
      throw new InputError(`option '${long(flag as keyof RecipeFlags)}' is for folds: --folds K`);
    }
    return undefined;
  }
  const { count = 0, ...rest } = given ?? {};
  return {
    ...rest,
    count: folds ?? count,
    ...(group !== undefined && { group }),
    ...(fold !== undefined && { only: fold }),
  };
}

/** The fields that a flag says, as `--change` names them. */
const placesOf = {
  model: ['network.name'],
  view: ['frame.view'],
  augmentation: ['augmentation'],
  balance: ['balance.kind'],
  preset: ['data.liposomes.problem'],
  data: ['data.folder'],
  count: ['data.count'],
  folds: ['folds.count'],
  group: ['folds.group'],
  fold: ['folds.only'],
  epochs: ['epochs'],
  batchSize: ['batchSize'],
  learningRate: ['learningRate'],
  seed: ['seed'],
  backend: ['backend'],
} as const satisfies Partial<Record<keyof ImageRecipeFlags, readonly string[]>>;

/** Throws where `--change` says a field, or a part around it, that another flag says as well. */
function refuseSaidTwice(flags: ImageRecipeFlags, long: Long): void {
  const said = [
    ...Object.keys(flags.set ?? {}).map((name) => ['set', `network.options.${name}`] as const),
    ...Object.entries(placesOf).flatMap(([flag, places]) =>
      flag === 'preset' || flags[flag as keyof typeof placesOf] === undefined
        ? []
        : places.map((place) => [flag, place] as const),
    ),
  ];
  for (const path of Object.keys(flags.change ?? {})) {
    const changed = namesOf(path).join('.');
    const twice = said.find(
      ([, place]) =>
        place === changed || place.startsWith(`${changed}.`) || changed.startsWith(`${place}.`),
    );
    if (!twice) continue;
    throw new InputError(
      `option '--change' is for ${path}, which '${long(twice[0] as keyof RecipeFlags)}' says: expected one of the two`,
    );
  }
}
