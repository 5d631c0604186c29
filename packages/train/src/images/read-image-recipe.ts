import { type NetworkDescription, networkByName, type Output } from '@diffusion/models';
import { readOptions } from '@diffusion/models/classical';
import { imageNetworkOptions } from '@diffusion/models/training';
import { liposomes } from '@diffusion/simulate';
import { type Frame, views } from '@diffusion/tracks';
import { readFolds } from '../recipes/read-folds.ts';
import { type RecipeReader, recipeReader } from '../recipes/recipe-reader.ts';
import { usualShare } from '../recipes/recipe-tracks.ts';
import { checkedRecipe, IMAGE_TRAINING } from './fit-images.ts';
import type { ImageRecipe } from './image-recipe.ts';
import { trainingOfImages } from './training-of-images.ts';

const FIELDS = [
  'format',
  'version',
  'name',
  'about',
  'data',
  'frame',
  'network',
  'artificial',
  'folds',
  'backend',
  ...Object.keys(IMAGE_TRAINING),
];

/** Parts that have fields of their own. */
const PARTS = ['loss', 'optimizer', 'schedule', 'stopping', 'balance', 'augmentation'] as const;

/** What {@link readImageRecipe} may be told. */
export interface ReadImageRecipeOptions {
  /** What the recipe is from, such as the path of a file: errors begin with it. */
  readonly source?: string;
  /** Architectures of one's own that it may name. */
  readonly networks?: readonly NetworkDescription[];
}

/**
 * The recipe of a training on images in a parsed file, or in the card of a saved model, checked whole: every name that there is not
 * and every wrong value is refused, with its place in the file.
 *
 * Throws {@link TrainError}: `FILE: frame.size is 0: expected …`.
 *
 * @param value parsed JSON.
 *
 * @example
 * const recipe = readImageRecipe({
 *   format: 'diffusion-recipe', version: 1,
 *   data: { folder: 'liposomes' }, frame: { view: 'mask', size: 28 },
 *   network: { name: 'lipnet', options: { variant: '4' } },
 *   epochs: 20, batchSize: 32, learningRate: 0.001, seed: 1,
 *   balance: { kind: 'oversample' }, augmentation: { rotation: 180, flip: true },
 * });
 */
export function readImageRecipe(
  value: unknown,
  { source = '', networks = [] }: ReadImageRecipeOptions = {},
): ImageRecipe {
  const read = recipeReader(source);
  const any = read.record('', value);
  const isCard = any.format === 'diffusion-model' || any.format === 'diffusion-ensemble';
  const all = read.record('', isCard ? read.record('recipe', any.recipe) : any, FIELDS);
  // null is none, so that a part can be taken out of a recipe by its place.
  const given = Object.fromEntries(Object.entries(all).filter(([, part]) => part !== null));
  if (given.format !== 'diffusion-recipe') {
    read.fail('format', given.format, '"diffusion-recipe", or the card of a saved model');
  }
  if (given.version !== 1) {
    read.fail('version', given.version, '1, which is what this release reads');
  }
  for (const name of ['name', 'about']) {
    if (given[name] !== undefined) read.text(name, given[name]);
  }
  const recipe = given as unknown as ImageRecipe;
  readData(read, recipe.data, recipe.folds !== undefined);
  const { view, size } = read.record('frame', recipe.frame, ['view', 'size']);
  if (!views.some((each) => each === view)) {
    read.fail('frame.view', view, `one of ${views.join(', ')}`);
  }
  if (read.whole('frame.size', size, 1) > 4096) read.fail('frame.size', size, '4096 at most');
  if (recipe.artificial !== undefined) readArtificial(read, recipe.artificial);
  if (recipe.folds !== undefined) readFolds(read, recipe.folds);
  if (recipe.backend !== undefined) read.text('backend', recipe.backend, 'the name of a backend');
  read.whole('seed', recipe.seed, Number.MIN_SAFE_INTEGER);
  for (const field of ['epochs', 'batchSize'] as const) read.whole(field, recipe[field], 1);
  if (typeof recipe.learningRate !== 'number') {
    read.fail('learningRate', recipe.learningRate, 'a positive number');
  }
  for (const field of PARTS) {
    if (recipe[field] !== undefined) read.record(field, recipe[field]);
  }
  // What a folder has in it is known when it is read: then all is checked once more.
  const output = { kind: 'classes', classes: ['', ' '] } as const;
  readNetwork(read, recipe, recipe.frame, networks, output);
  const { classWeights, ...loss } = recipe.loss ?? {};
  if (classWeights !== undefined) read.record('loss.classWeights', classWeights);
  const validated = recipe.folds !== undefined || recipe.data.validation !== 0;
  read.part('', () =>
    checkedRecipe(
      { ...trainingOfImages(recipe), loss },
      output,
      validated ? { count: 1 } : undefined,
    ),
  );
  return recipe;
}

function readData(read: RecipeReader, value: unknown, folds: boolean): void {
  const any = read.record('data', value);
  const drawn = 'liposomes' in any;
  if (!drawn && !('folder' in any)) {
    read.fail('data', any, 'folder, for labelled images, or liposomes, for drawn ones');
  }
  const shares = ['validation', 'test'];
  read.record('data', any, [...(drawn ? ['liposomes', 'count'] : ['folder']), ...shares]);
  const [validation, test] = shares.map((name) => {
    const share = any[name] ?? (folds && name === 'test' ? 0 : usualShare);
    if (typeof share === 'number' && share >= 0 && share < 1) return share;
    return read.fail(`data.${name}`, share, 'a share of the images, 0 ≤ share < 1');
  });
  if (validation + test >= 1) {
    read.fail('data.test', test, 'less than what validation leaves, so that some are learnt from');
  }
  if (!drawn) {
    read.text('data.folder', any.folder, 'the path of a folder');
    return;
  }
  const count = read.whole('data.count', any.count, 1);
  readLiposomes(read, 'data.liposomes', any.liposomes, count, ['count', 'seed']);
}

function readArtificial(read: RecipeReader, value: unknown): void {
  readLiposomes(read, 'artificial', value, 0, ['count', 'seed', 'shares', 'frame']);
}

/** How liposomes are drawn, but for what is said elsewhere. */
function readLiposomes(
  read: RecipeReader,
  place: string,
  value: unknown,
  count: number,
  elsewhere: readonly string[],
): void {
  const options = read.record(place, value);
  for (const name of elsewhere) {
    if (name in options) {
      read.fail(`${place}.${name}`, options[name], 'it to be left out: the recipe says it');
    }
  }
  read.part(place, () =>
    liposomes({ ...options, count, seed: 0 } as unknown as Parameters<typeof liposomes>[0]),
  );
}

function readNetwork(
  read: RecipeReader,
  recipe: ImageRecipe,
  frame: Frame,
  networks: readonly NetworkDescription[],
  output: Output & { readonly kind: 'classes' },
): void {
  const { name, options = {} } = read.record('network', recipe.network, ['name', 'options']);
  const text = read.text('network.name', name, "a network's name");
  const network = read.part('network.name', () => networkByName(text, networks));
  const { classes: _, ...given } = read.record('network.options', options);
  read.part('network.options', () => {
    readOptions(
      network.name,
      network.options,
      imageNetworkOptions(network, given, frame, output, 0),
    );
  });
}
