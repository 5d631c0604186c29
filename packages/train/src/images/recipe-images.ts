import { deriveSeed } from '@diffusion/random';
import { liposomes } from '@diffusion/simulate';
import { frameImages, type Images, selectImages } from '@diffusion/tracks';
import { nextTurn } from '@diffusion/workers';
import { TrainError } from '../errors.ts';
import { foldRows, type Rows, rowsOf, splitGroupRows, splitRows } from '../part-rows.ts';
import { usualShare } from '../recipes/recipe-tracks.ts';
import type { ImageRecipe } from './image-recipe.ts';

/** Images that are drawn between two turns of the event loop, so that a signal is heard. */
const betweenTurns = 100;

/** What a recipe learns from, what is looked at after every epoch, and what is judged at the end: three sets apart. */
export interface RecipeImages {
  readonly images: Images;
  /** Of a fold, the images of that fold; none where the recipe wants none. */
  readonly validation?: Images;
  readonly test?: Images;
  /** Of the weights, the order and the augmentation: that of the recipe, or of its fold. */
  readonly seed: number;
}

/**
 * All images of a recipe that draws them, in its frame: image *i* depends on the seed and *i* alone.
 *
 * Throws {@link TrainError} for a recipe whose images lie in a folder.
 */
export async function drawnImages(
  { data, frame, seed }: Pick<ImageRecipe, 'data' | 'frame' | 'seed'>,
  signal?: AbortSignal,
): Promise<Images> {
  if ('folder' in data) {
    throw new TrainError(
      `data.folder is '${data.folder}': expected its images beside the recipe, as options.images`,
    );
  }
  const { liposomes: options, count } = data;
  const set = liposomes({ ...options, count, seed: deriveSeed(seed, 'training') });
  const parts: Images[] = [];
  for await (const part of set.batches({ size: betweenTurns })) {
    parts.push(frameImages(part, frame));
    await nextTurn();
    signal?.throwIfAborted();
  }
  // Framed once more as they are, which joins them with one dictionary.
  return frameImages(joined(parts), { view: 'surroundings', size: frame.size });
}

function* joined(parts: readonly Images[]) {
  for (const part of parts) yield* part;
}

/** What is known of images, by which they are parted. */
const rowsOfImages = ({ count, labels, imageColumns }: Images): Rows =>
  rowsOf('images', count, { ...imageColumns, ...(labels && { label: labels }) });

/**
 * The images of a recipe in their parts, of one fold where it has folds. Every part has the classes in the same shares.
 *
 * Throws {@link TrainError} for too few images, and for a group that there is not.
 *
 * @param images all of them, labelled and in the frame of the recipe.
 */
export function recipeImages(images: Images, { data, folds, seed }: ImageRecipe): RecipeImages {
  const { validation = usualShare, test = folds ? 0 : usualShare } = data;
  const looked = folds ? 0 : validation;
  const [training, validated, tested] = parted(images, { looked, test, seed, group: folds?.group });
  const apart = { ...(tested && { test: tested }) };
  if (!folds) {
    return { images: training, ...(validated && { validation: validated }), ...apart, seed };
  }
  const { count, group, only } = folds;
  if (only === undefined) {
    throw new TrainError(
      `folds.only is missing: expected a fold from 1 to ${count}, whose images these are`,
    );
  }
  const parts = foldRows(rowsOfImages(training), { folds: count, seed, ...(group && { group }) });
  const others = parts.flatMap((rows, k) => (k === only - 1 ? [] : rows)).sort((a, b) => a - b);
  return {
    images: selectImages(training, others),
    validation: selectImages(training, parts[only - 1]),
    ...apart,
    seed: deriveSeed(seed, 'fold', only),
  };
}

/** The images that a training before the folds finds the number of epochs on: those of the folds without a share. */
export function imagesBeforeFolds(
  images: Images,
  { data, folds, seed }: ImageRecipe,
): RecipeImages {
  const { validation = usualShare, test = 0 } = data;
  const group = folds?.group;
  const [rest] = parted(images, { looked: 0, test, seed, group });
  const ofStopping = deriveSeed(seed, 'validation');
  const [training, looked] = parted(rest, { looked: validation, test: 0, seed: ofStopping, group });
  return { images: training, ...(looked && { validation: looked }), seed: ofStopping };
}

/** Images to learn from, to look at and to judge, as far as there is a share for each. */
function parted(
  images: Images,
  how: { looked: number; test: number; seed: number; group?: string | undefined },
): [training: Images, looked: Images | undefined, test: Images | undefined] {
  const { looked, test, seed, group } = how;
  if (!(looked + test < 1)) {
    throw new TrainError(
      `data.validation and data.test are ${looked} and ${test}: expected less than 1 together`,
    );
  }
  const shares = [1 - looked - test, looked, test].filter((share) => share > 0);
  if (shares.length === 1) return [images, undefined, undefined];
  const rows = rowsOfImages(images);
  const parts = (
    group === undefined ? splitRows(rows, shares, seed) : splitGroupRows(rows, shares, seed, group)
  ).map((part) => selectImages(images, part));
  if (parts.some(({ count }) => count === 0)) {
    throw new TrainError(
      `${images.count} images cannot be parted into training, validation and test: expected more`,
    );
  }
  return [
    parts[0],
    looked > 0 ? parts[1] : undefined,
    test > 0 ? parts[parts.length - 1] : undefined,
  ];
}
