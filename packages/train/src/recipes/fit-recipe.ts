import {
  encoders as builtInEncoders,
  type ClassicalModel,
  type EncoderDefinition,
  type EncoderRequest,
  type JsonObject,
  type NetworkDescription,
  type NetworkModel,
  networkByName,
  networkEncoder,
  trackModel,
} from '@diffusion/models';
import { type FitClassicalOptions, fitClassicalAsync } from '@diffusion/models/classical';
import type { Tracks } from '@diffusion/tracks';
import { checkOptions } from '@diffusion/tracks/messages';
import * as tf from '@tensorflow/tfjs-core';
import { augmentTracks } from '../augment/augment.ts';
import { TrainError } from '../errors.ts';
import { fit } from '../fit.ts';
import type { TrainOptions } from '../train.ts';
import type { EpochResult } from '../training-state.ts';
import { calibrated } from './calibrate-recipe.ts';
import { type ClassicalRecipe, isClassical, type NetworkRecipe, type Recipe } from './recipe.ts';
import { type LabelledTracks, type RecipeTracks, recipeTracks } from './recipe-tracks.ts';
import { trainingOf } from './training-of.ts';
import { namesOf } from './unit-free-features.ts';

/** What {@link fitRecipe} is told beside the recipe: nothing of it decides the model. */
export interface FitRecipeOptions
  extends Pick<
    TrainOptions,
    'resume' | 'onReady' | 'onBatch' | 'onEpoch' | 'signal' | 'workers' | 'dataWorkers'
  > {
  /** The labelled tracks of the folder that the recipe names. */
  readonly labelled?: LabelledTracks;
  /** The tracks of the recipe, where they have been made already. */
  readonly tracks?: RecipeTracks;
  /** Architectures of one's own that the recipe may name. */
  readonly networks?: readonly NetworkDescription[];
  /** Encoders of one's own that the recipe may name. */
  readonly encoders?: readonly EncoderDefinition[];
  /** Versions of what makes the model, for the card. */
  readonly versions?: Readonly<Record<string, string>>;
}

/** What a recipe gives. */
export type FittedRecipe = FittedNetwork | FittedClassifier;

interface Fitted {
  /** Labelled tracks that the training has not seen; none where the recipe wants none. */
  readonly test?: Tracks;
  /** Those that were looked at after every epoch; of a fold, the tracks of that fold. */
  readonly validation?: Tracks;
}

/** What the recipe of a network gives. */
export interface FittedNetwork extends Fitted {
  readonly model: NetworkModel;
  /** The learning curve. */
  readonly history: readonly EpochResult[];
}

/** What the recipe of a classical classifier gives. */
export interface FittedClassifier extends Fitted {
  readonly model: ClassicalModel;
  readonly history?: undefined;
}

/**
 * Trains as a recipe says: a network (needs a tfjs backend, `useBackend` of `@diffusion/backends`) or a classical
 * classifier. The card of the model holds the recipe, and training that again gives the same bits.
 *
 * Where the recipe says so, probabilities and prediction sets are calibrated at the end (`calibrate` of `@diffusion/models`).
 *
 * Throws {@link TrainError} for an option that there is not, for a recipe of several folds (see {@link fitRecipeFolds}) or
 * lengths (see {@link fitRecipeBank}),
 * for tracks that are missing, and what {@link fit} throws.
 *
 * @param recipe as {@link readRecipe} gives it.
 *
 * @example
 * const { model, test } = await fitRecipe(await readRecipe(json));
 * (await model.predict(test)).labels;
 * const again = await fitRecipe(await readRecipe(model.card)); // the same bits
 */
export function fitRecipe(
  recipe: NetworkRecipe,
  options?: FitRecipeOptions,
): Promise<FittedNetwork>;
export function fitRecipe(recipe: Recipe, options?: FitRecipeOptions): Promise<FittedRecipe>;
export async function fitRecipe(
  recipe: Recipe,
  options: FitRecipeOptions = {},
): Promise<FittedRecipe> {
  checkOptions<FitRecipeOptions>('fitRecipe', options, KNOWN, TrainError);
  if ('lengths' in recipe && recipe.lengths) {
    throw new TrainError('lengths is a list: expected fitRecipeBank, a network for each of them');
  }
  const { labelled, networks, signal } = options;
  const tracks = options.tracks ?? (await recipeTracks(recipe, { labelled, networks, signal }));
  const { test, validation } = tracks;
  const fitted = isClassical(recipe)
    ? { model: await fitClassifier(recipe, tracks, options) }
    : await fitNetwork(recipe, tracks, options);
  return {
    ...(await calibrated(fitted, recipe, options)),
    ...(test && { test }),
    ...(validation && { validation }),
  };
}

const KNOWN = {
  labelled: true,
  tracks: true,
  networks: true,
  encoders: true,
  versions: true,
  resume: true,
  onReady: true,
  onBatch: true,
  onEpoch: true,
  signal: true,
  workers: true,
  dataWorkers: true,
} as const;

async function fitNetwork(
  recipe: NetworkRecipe,
  tracks: RecipeTracks,
  options: FitRecipeOptions,
): Promise<{ model: NetworkModel; history: EpochResult[] }> {
  checkBackendOf(recipe);
  const { source, validation, output, augmentation, seed, oneLength } = tracks;
  const { labelled: _, tracks: __, networks, encoders, ...hooks } = options;
  const { model, history } = await fit({
    ...hooks,
    networks,
    encoders,
    network: recipe.network,
    encoder: encoderOf(recipe, tracks, options),
    output,
    source,
    validation,
    recipe: { ...trainingOf(recipe), seed, augmentation },
    data: { ...recipe.data, ...(oneLength && { oneLength }) } as unknown as JsonObject,
  });
  // The whole recipe in place of what `fit` knows of it.
  const card = { ...model.card, recipe: asJson(recipe) };
  return { model: trackModel(model.network, card, model.encoder), history };
}

/** The encoder that a recipe means, with what follows from the network and the tracks. */
function encoderOf(
  recipe: NetworkRecipe,
  { dim, length }: RecipeTracks,
  { networks = [], encoders = [] }: FitRecipeOptions,
): EncoderRequest {
  const { encoder: given = {} } = recipe;
  const network = networkByName(recipe.network.name, networks);
  const usual =
    given.kind !== undefined && !network.input
      ? { kind: given.kind, dim, length }
      : networkEncoder(network, { dim, length });
  const { features = [], ...told } = given;
  const kind = told.kind ?? usual.kind;
  const definition = [...builtInEncoders, ...encoders].find(({ name }) => name === kind);
  const names = namesOf(features, told.dim ?? dim);
  return {
    ...usual,
    ...(definition?.padded === false && { length: null }),
    ...told,
    ...(names.length > 0 && { features: names as EncoderRequest['features'] }),
  };
}

function checkBackendOf({ backend }: NetworkRecipe): void {
  const names: Readonly<Record<string, string>> = { node: 'tensorflow', 'node-gpu': 'tensorflow' };
  const running = tf.getBackend();
  if (backend === undefined || (names[backend] ?? backend) === running) return;
  throw new TrainError(
    `backend is '${backend}' and this program runs on ${running ?? 'none'}: expected useBackend('${backend}') before, or a recipe that leaves it out`,
  );
}

async function fitClassifier(
  recipe: ClassicalRecipe,
  { source, output, dim, augmentation, seed }: RecipeTracks,
  { versions = {}, signal, onReady }: FitRecipeOptions,
): Promise<ClassicalModel> {
  const { name, options = {} } = recipe.classifier;
  if (output.kind !== 'classes') {
    throw new TrainError(`${name} answers with classes alone: it cannot learn an exponent`);
  }
  await onReady?.();
  const tracks = augmentTracks(source.take(0, 0, source.perEpoch), augmentation, seed, 0);
  const model = await fitClassicalAsync(
    {
      ...options,
      kind: name,
      tracks,
      features: namesOf(recipe.features, dim),
      classes: output.classes,
      versions,
    } as FitClassicalOptions,
    signal,
  );
  return { ...model, card: { ...model.card, recipe: asJson(recipe) } };
}

/** Plain data, of interfaces that TypeScript does not take for JSON. */
const asJson = (recipe: Recipe): JsonObject => JSON.parse(JSON.stringify(recipe)) as JsonObject;
