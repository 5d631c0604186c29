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
import { checkBalance } from '../balance/balance-recipe.ts';
import { balancedRows } from '../balance/balanced-rows.ts';
import type { NetworkToBuild } from '../built-network.ts';
import { TrainError } from '../errors.ts';
import { type FitOptions, fit } from '../fit.ts';
import type { TrainOptions } from '../train.ts';
import type { EpochResult } from '../training-state.ts';
import { calibrated } from './calibrate-recipe.ts';
import {
  type ClassicalRecipe,
  isClassical,
  type NetworkRecipe,
  type Recipe,
  type RecipeEncoder,
} from './recipe.ts';
import { type LabelledTracks, type RecipeTracks, recipeTracks } from './recipe-tracks.ts';
import { trainingOf } from './training-of.ts';
import { namesOf } from './unit-free-features.ts';
import { withStart } from './with-start.ts';

/** What {@link fitRecipe} is told beside the recipe: nothing of it decides the model. */
export interface FitRecipeOptions
  extends Pick<
    TrainOptions,
    'resume' | 'onReady' | 'onBatch' | 'onEpoch' | 'signal' | 'workers' | 'dataWorkers'
  > {
  /** The labelled tracks of the folder that the recipe names. */
  readonly labelled?: LabelledTracks;
  /** The model of the folder that the recipe begins with. It stays as it is, and the caller's. */
  readonly start?: NetworkModel;
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
  /** Why the model is not calibrated although the recipe asks for it. */
  readonly uncalibrated?: string;
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
 * Where that fails, as for too few tracks that are judged, the model is given without, and `uncalibrated` says why.
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
  const { labelled, networks, signal, start } = options;
  if (isClassical(recipe)) checkNoStart(recipe, start);
  else checkStartGiven(recipe, start);
  const tracks =
    options.tracks ?? (await recipeTracks(recipe, { labelled, start, networks, signal }));
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
  start: true,
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
  given: NetworkRecipe,
  tracks: RecipeTracks,
  options: FitRecipeOptions,
): Promise<{ model: NetworkModel; history: EpochResult[] }> {
  const { start } = options;
  const recipe = start ? await withStart(given, start) : given;
  const { labelled: _, tracks: __, ...hooks } = options;
  const { oneLength } = tracks;
  const { model, history } = await fit({
    ...hooks,
    ...networkOf(recipe, tracks, options),
    data: { ...recipe.data, ...(oneLength && { oneLength }) } as unknown as JsonObject,
  });
  // The whole recipe in place of what `fit` knows of it.
  const card = { ...model.card, recipe: asJson(recipe) };
  return { model: trackModel(model.network, card, model.encoder), history };
}

/** What a recipe says of its network and of the training, as `fit` takes it. */
export function networkOf(
  recipe: NetworkRecipe,
  tracks: RecipeTracks,
  options: Pick<FitRecipeOptions, 'networks' | 'encoders' | 'start'>,
): NetworkToBuild & Pick<FitOptions, 'validation'> {
  checkBackendOf(recipe);
  const { source, validation, output, augmentation, seed } = tracks;
  const { networks, encoders, start } = options;
  return {
    networks,
    encoders,
    start,
    network: recipe.network,
    encoder: encoderOf(recipe, tracks, options),
    output,
    source,
    validation,
    recipe: { ...trainingOf(recipe), seed, augmentation },
  };
}

/** The encoder that a recipe means, with what follows from the network and the tracks. */
function encoderOf(
  recipe: NetworkRecipe,
  { dim, length }: RecipeTracks,
  {
    networks = [],
    encoders = [],
    start,
  }: Pick<FitRecipeOptions, 'networks' | 'encoders' | 'start'>,
): EncoderRequest {
  const { encoder: given = {} } = recipe;
  if (start) return encoderBegunWith(start, given, { dim, length });
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

/** That of a model, with what a recipe says in place of what stands there, and rows for the longest track of both. */
function encoderBegunWith(
  { encoder }: NetworkModel,
  { features, ...told }: RecipeEncoder,
  { dim, length }: Pick<RecipeTracks, 'dim' | 'length'>,
): EncoderRequest {
  const { specification } = encoder;
  const rows = specification.length === null ? null : Math.max(specification.length, length);
  const names = features && namesOf(features, told.dim ?? dim);
  return {
    ...specification,
    length: rows,
    ...told,
    ...(names && { features: names as EncoderRequest['features'] }),
  };
}

/** Throws {@link TrainError} where a recipe begins with a model and there is none beside it. */
export function checkStartGiven({ start }: NetworkRecipe, given: NetworkModel | undefined): void {
  if (!start || given) return;
  throw new TrainError(
    `start.model is '${start.model}': expected its model beside the recipe, as options.start`,
  );
}

/** Throws {@link TrainError} where a classical classifier is to begin with a model. */
function checkNoStart({ classifier }: ClassicalRecipe, given: NetworkModel | undefined): void {
  if (!given) return;
  throw new TrainError(
    `start is the network ${given.card.network.name}: expected none with ${classifier.name}, a classifier, which begins with no weights`,
  );
}

/** Throws {@link TrainError} where a recipe was settled for another backend than the one that runs. */
export function checkBackendOf({ backend }: Pick<NetworkRecipe, 'backend'>): void {
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
  const { balance } = recipe;
  if (balance) checkBalance(balance, output, 'classifier');
  const weighted = balance?.kind === 'class-weights';
  if (weighted && options.classWeights !== undefined) {
    throw new TrainError(
      `balance.kind is 'class-weights': expected ${name} without its own option classWeights`,
    );
  }
  const { classes } = output;
  const tracks = augmentTracks(source.take(0, 0, source.perEpoch), augmentation, seed, 0);
  const model = await fitClassicalAsync(
    {
      ...options,
      ...(weighted && { classWeights: 'balanced' }),
      ...(balance &&
        !weighted && {
          resample: (rows: readonly ArrayLike<number>[], codes: Int32Array) =>
            balancedRows({ rows, codes }, balance, seed, classes),
        }),
      kind: name,
      tracks,
      features: namesOf(recipe.features, dim),
      classes,
      versions,
    } as FitClassicalOptions,
    signal,
  );
  return { ...model, card: { ...model.card, recipe: asJson(recipe) } };
}

/** Plain data, of interfaces that TypeScript does not take for JSON. */
const asJson = (recipe: Recipe): JsonObject => JSON.parse(JSON.stringify(recipe)) as JsonObject;
