import {
  type ImageEnsemble,
  type ImageModel,
  imageEnsemble,
  imageModel,
  type JsonObject,
  type NetworkDescription,
} from '@diffusion/models';
import type { Images } from '@diffusion/tracks';
import { checkOptions } from '@diffusion/tracks/messages';
import { withArtificialLiposomes } from '../balance/artificial-liposomes.ts';
import { TrainError } from '../errors.ts';
import { checkBackendOf } from '../recipes/fit-recipe.ts';
import type { EpochHooks } from '../run-epochs.ts';
import { keptEpoch } from '../stopping.ts';
import type { EpochResult } from '../training-state.ts';
import { fitImages } from './fit-images.ts';
import type { ImageRecipe } from './image-recipe.ts';
import {
  drawnImages,
  imagesBeforeFolds,
  type RecipeImages,
  recipeImages,
} from './recipe-images.ts';
import { trainingOfImages } from './training-of-images.ts';

/** What {@link fitImageRecipe} is told beside the recipe: nothing of it decides the model. */
export interface FitImageRecipeOptions extends EpochHooks {
  /** All images of the recipe, labelled and in its frame; drawn where the recipe says how. */
  readonly images?: Images;
  /** Architectures of one's own that the recipe may name. */
  readonly networks?: readonly NetworkDescription[];
  /** Versions of what makes the model, for the card. */
  readonly versions?: Readonly<Record<string, string>>;
  /** Awaited once all has been tried, before the first batch. */
  readonly onReady?: () => void | Promise<void>;
}

const KNOWN = {
  images: true,
  networks: true,
  versions: true,
  onReady: true,
  onBatch: true,
  onEpoch: true,
  signal: true,
} as const;

/** What a recipe for images gives. */
export interface FittedImages {
  readonly model: ImageModel;
  /** The learning curve. */
  readonly history: readonly EpochResult[];
  /** What was learnt from, before it was balanced and augmented. */
  readonly images: Images;
  /** What was looked at after every epoch; of a fold, the images of that fold. */
  readonly validation?: Images;
  /** What the training has not seen; none where the recipe wants none. */
  readonly test?: Images;
}

/**
 * Trains a network on images as a recipe says (needs a tfjs backend, `useBackend` of `@diffusion/backends`). The card of the model
 * holds the recipe, and training that again gives the same bits.
 *
 * Throws {@link TrainError} for an option that there is not, for a recipe of several folds (see {@link fitImageRecipeFolds}), for
 * images that are missing, and what {@link fitImages} throws.
 *
 * @param recipe as {@link readImageRecipe} gives it.
 *
 * @example
 * const recipe = readImageRecipe(json);
 * const { model, test } = await fitImageRecipe(recipe, { images: await readImages('liposomes', recipe.frame) });
 * (await model.predict(test)).labels;
 */
export async function fitImageRecipe(
  recipe: ImageRecipe,
  options: FitImageRecipeOptions = {},
): Promise<FittedImages> {
  checkOptions<FitImageRecipeOptions>('fitImageRecipe', options, KNOWN, TrainError);
  const all = options.images ?? (await drawnImages(recipe, options.signal));
  return fitted(recipe, recipeImages(all, recipe), options);
}

async function fitted(
  recipe: ImageRecipe,
  { images, validation, test, seed }: RecipeImages,
  { images: _, ...options }: FitImageRecipeOptions,
): Promise<FittedImages> {
  checkBackendOf(recipe);
  const { data, frame, network, artificial } = recipe;
  const learnt = artificial
    ? withArtificialLiposomes(images, { ...artificial, seed, frame })
    : images;
  const { model, history } = await fitImages({
    ...options,
    network,
    frame,
    images: learnt,
    ...(validation && { validation }),
    recipe: { ...trainingOfImages(recipe), seed },
    data: data as unknown as JsonObject,
  });
  // The whole recipe in place of what `fitImages` knows of it.
  const card = { ...model.card, recipe: JSON.parse(JSON.stringify(recipe)) as JsonObject };
  return {
    model: imageModel(model.network, card),
    history,
    images,
    ...(validation && { validation }),
    ...(test && { test }),
  };
}

/** What {@link fitImageRecipeFolds} is told beside the recipe. */
export interface FitImageRecipeFoldsOptions
  extends Omit<FitImageRecipeOptions, 'onBatch' | 'onEpoch'> {
  /** Who is told of a fold (from 1), or of the training before them that finds the number of epochs (0). */
  readonly ofFold?: (fold: number) => Pick<EpochHooks, 'onBatch' | 'onEpoch'>;
  /** Awaited after each fold. */
  readonly onFold?: (fold: number, result: FittedImages) => void | Promise<void>;
}

/** What a recipe for images with folds gives. */
export interface FittedImageFolds {
  /** The models of all folds as one, in the order of the folds. */
  readonly model: ImageEnsemble;
  /** Each fold by itself; its `validation` are the images of the fold. */
  readonly folds: readonly FittedImages[];
  /** Epochs of each fold. */
  readonly epochs: number;
  /** The learning curve of the training that found the number of epochs, where the recipe stops early. */
  readonly stopping?: readonly EpochResult[];
}

/**
 * Stratified cross-validation as Gryshkevych (2016) has it: where the recipe stops early, a training on a share of the images finds
 * the number of epochs; then a network is trained for each fold, for so many epochs, on the images of the others alone, which are
 * balanced and augmented, while those of the fold are left as they are. The images of the first training are in the folds, too, as they are
 * in the thesis: their number of epochs is not found on images apart.
 *
 * Throws {@link TrainError} for a recipe without folds or of one alone, and what {@link fitImageRecipe} throws.
 *
 * @example
 * const { model, folds, epochs } = await fitImageRecipeFolds({ ...recipe, folds: { count: 5 } }, { images });
 */
export async function fitImageRecipeFolds(
  recipe: ImageRecipe,
  options: FitImageRecipeFoldsOptions = {},
): Promise<FittedImageFolds> {
  const known = { ...KNOWN, ofFold: true, onFold: true } as const;
  checkOptions('fitImageRecipeFolds', options, known, TrainError);
  const { ofFold, onFold, ...others } = options;
  const { folds } = recipe;
  if (!folds || folds.only !== undefined) {
    throw new TrainError(
      folds
        ? `folds.only is ${folds.only}: expected it to be left out, or fitImageRecipe for one fold`
        : 'folds is missing: expected { count }',
    );
  }
  const images = options.images ?? (await drawnImages(recipe, options.signal));
  // Told before hours of work: that there are too few images for so many folds.
  recipeImages(images, { ...recipe, folds: { ...folds, only: 1 } });
  const found = recipe.stopping
    ? await epochsFound(recipe, images, { ...others, ...ofFold?.(0) })
    : undefined;
  const { stopping: _, ...fixed } = recipe;
  const epochs = found?.epochs ?? recipe.epochs;
  const results: FittedImages[] = [];
  try {
    for (let only = 1; only <= folds.count; only++) {
      const one: ImageRecipe = { ...fixed, epochs, folds: { ...folds, only } };
      const result = await fitImageRecipe(one, { ...others, ...ofFold?.(only), images });
      results.push(result);
      await onFold?.(only, result);
    }
    return {
      model: imageEnsemble(results.map(({ model }) => model)),
      folds: results,
      epochs,
      ...(found && { stopping: found.history }),
    };
  } catch (error) {
    for (const { model } of results) model.dispose();
    throw error;
  }
}

/** The epoch at which early stopping has its best validation. */
async function epochsFound(
  recipe: ImageRecipe,
  images: Images,
  options: FitImageRecipeOptions,
): Promise<{ epochs: number; history: readonly EpochResult[] }> {
  const { folds: _, ...whole } = recipe;
  const { model, history } = await fitted(whole, imagesBeforeFolds(images, recipe), options);
  const { epoch } = keptEpoch(recipe, history, model.card.output);
  model.dispose();
  return { epochs: epoch, history };
}
