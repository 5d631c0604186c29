import { featureNamed } from '@diffusion/features';
import {
  encoders as builtInEncoders,
  type EncoderDefinition,
  type NetworkDescription,
  networkByName,
  type Output,
} from '@diffusion/models';
import { classicalModels, type Options, readOptions } from '@diffusion/models/classical';
import { dataSetFrom, loadModels } from '@diffusion/simulate';
import { SET_SEPARATOR } from '@diffusion/tracks';
import { type AugmentationChoice, chosenAugmentation } from '../augment/augment.ts';
import { checkBalance } from '../balance/balance-recipe.ts';
import { TrainError } from '../errors.ts';
import { isImageRecipe } from '../images/image-recipe.ts';
import { oneLengthTracks } from '../one-length-tracks.ts';
import { checkRecipe, RECIPE } from '../recipe.ts';
import type { OneLengthSpecification } from '../source.ts';
import { readFolds } from './read-folds.ts';
import type { ClassicalRecipe, NetworkRecipe, Recipe } from './recipe.ts';
import { outputOf, withSpread } from './recipe-output.ts';
import { type RecipeReader, recipeReader } from './recipe-reader.ts';
import { usualShare } from './recipe-tracks.ts';
import { trainingOf } from './training-of.ts';

/** What {@link readRecipe} may be told. */
export interface ReadRecipeOptions {
  /** What the recipe is from, such as the path of a file: errors begin with it. */
  readonly source?: string;
  /** Address of the file that paths of modules with models of motion are relative to. */
  readonly base?: string | URL;
  /** Architectures of one's own that it may name. */
  readonly networks?: readonly NetworkDescription[];
  /** Encoders of one's own that it may name. */
  readonly encoders?: readonly EncoderDefinition[];
}

/**
 * The recipe in a parsed file, or in the card of a saved model or an ensemble, checked whole: every name that there is not and every wrong
 * value is refused, with its place in the file. Models of motion are imported from the modules that it names.
 *
 * Throws {@link TrainError}: `FILE: data.dataSets[0].classes[1].alpha is 3: expected …`.
 *
 * @param value parsed JSON.
 *
 * @example
 * const recipe = await readRecipe({
 *   format: 'diffusion-recipe', version: 1,
 *   data: { dataSets: [{ preset: 'gajowczyk2021' }], tracksPerEpoch: 2048 },
 *   network: { name: 'xresnet', options: { filters: 8 } },
 *   epochs: 6, batchSize: 64, learningRate: 0.01, seed: 1,
 * });
 */
export async function readRecipe(
  value: unknown,
  { source = '', base, networks = [], encoders = [] }: ReadRecipeOptions = {},
): Promise<Recipe> {
  const read = recipeReader(source);
  const found = recipeIn(read, value);
  if (isImageRecipe(found)) {
    read.fail('frame', found.frame, 'a recipe for tracks: readImageRecipe reads those for images');
  }
  const all = 'classifier' in found ? CLASSICAL : NETWORK;
  const given = read.record('', found, all);
  if (given.version !== 1) {
    read.fail('version', given.version, '1, which is what this release reads');
  }
  for (const name of ['name', 'about']) {
    if (given[name] !== undefined) read.text(name, given[name]);
  }
  const data = await readData(read, given.data, base);
  if (given.folds !== undefined) {
    readFolds(read, given.folds);
    if (!('folder' in data || 'tracksPerEpoch' in data)) {
      read.fail('folds', given.folds, 'data with tracksPerEpoch, which folds need, or a folder');
    }
  }
  // null is none, so that it can be taken out of a recipe by its place.
  const { calibration, ...others } = given;
  const recipe = {
    ...others,
    data,
    ...((calibration ?? undefined) !== undefined && { calibration }),
  } as unknown as Recipe;
  if (recipe.calibration !== undefined) readCalibration(read, recipe);
  if ('classifier' in recipe) readClassical(read, recipe);
  else readNetwork(read, recipe, networks, encoders);
  return recipe;
}

const COMMON = [
  'format',
  'version',
  'name',
  'about',
  'data',
  'folds',
  'calibration',
  'seed',
  'augmentation',
];
const CLASSICAL = [...COMMON, 'classifier', 'features', 'balance'];
const NETWORK = [
  ...new Set([
    ...COMMON,
    'network',
    'encoder',
    'start',
    'lengths',
    'backend',
    ...Object.keys(RECIPE),
  ]),
];

/** The recipe itself, or that of a card. */
function recipeIn(read: RecipeReader, value: unknown): Record<string, unknown> {
  const given = read.record('', value);
  const isCard = given.format === 'diffusion-model' || given.format === 'diffusion-ensemble';
  const found = isCard ? read.record('recipe', given.recipe) : given;
  if (found.format === 'diffusion-recipe') return found;
  return isCard
    ? read.fail(
        'recipe.format',
        found.format,
        '"diffusion-recipe": this model was trained by other means, and its card does not say all',
      )
    : read.fail('format', found.format, '"diffusion-recipe", or the card of a saved model');
}

async function readData(
  read: RecipeReader,
  value: unknown,
  base: string | URL | undefined,
): Promise<Recipe['data']> {
  const any = read.record('data', value);
  if ('folder' in any) {
    const { folder, validation = usualShare, test = usualShare } = read.record('data', any, FOLDER);
    read.text('data.folder', folder, 'the path of a folder');
    for (const [name, share] of Object.entries({ validation, test })) {
      if (!(typeof share === 'number' && share >= 0 && share < 1)) {
        read.fail(`data.${name}`, share, 'a share of the tracks, 0 ≤ share < 1');
      }
    }
    if ((validation as number) + (test as number) >= 1) {
      read.fail(
        'data.test',
        test,
        'less than what validation leaves, so that some are learnt from',
      );
    }
    return any as unknown as Recipe['data'];
  }
  if (!('dataSets' in any)) {
    read.fail('data', any, 'dataSets, for simulated tracks, or folder, for labelled ones');
  }
  const ofOneLength = 'length' in any || 'pointsPerBatch' in any;
  const given = read.record('data', any, ofOneLength ? ONE_LENGTH : SIMULATED);
  const sets = read.list('data.dataSets', given.dataSets, 'specification of a data set');
  const { validation = 1000, test = 2000, repeat, answers } = given;
  read.whole('data.validation', validation, 0);
  read.whole('data.test', test, 0);
  if (repeat !== undefined && typeof repeat !== 'boolean') {
    read.fail('data.repeat', repeat, 'true or false');
  }
  if (answers !== undefined) {
    const all = read.list('data.answers', answers, 'answer');
    for (const [k, answer] of all.entries()) {
      if (answer !== 'classes' && answer !== 'exponent') {
        read.fail(`data.answers[${k}]`, answer, 'classes or exponent');
      }
      if (all.indexOf(answer) < k) read.fail(`data.answers[${k}]`, answer, 'each answer once');
    }
  }
  for (const [k, set] of sets.entries()) read.record(`data.dataSets[${k}]`, set);
  const dataSets: unknown[] = [];
  for (const [k, set] of sets.entries()) {
    const place = `data.dataSets[${k}]`;
    const whole = await loadModels(set, base).catch((error) =>
      read.part(place, () => {
        throw error;
      }),
    );
    dataSets.push(whole);
    for (const name of ofOneLength ? ['count', 'seed', 'length'] : ['count', 'seed']) {
      if (name in (set as object)) {
        read.fail(
          `${place}.${name}`,
          (set as Record<string, unknown>)[name],
          `it to be left out: the recipe says ${name === 'seed' ? 'the seed' : name === 'count' ? 'how many tracks there are' : 'the lengths of its batches'}`,
        );
      }
    }
    if (ofOneLength) {
      if (!takesLength(whole as object)) {
        const told = 'a data set that takes any length, or tracksPerEpoch in place of length';
        read.fail(place, set, told);
      }
    } else {
      const { answers: made } = read.part(place, () =>
        dataSetFrom({ ...(whole as object), count: 1, seed: 0 }),
      );
      if (made.length === 0) {
        read.fail(
          place,
          set,
          'a data set with one answer per track; its tracks change on their way',
        );
      }
    }
  }
  const ofPoints = dataSets.filter((set) => {
    const length = ofOneLength ? { length: 50 } : {};
    try {
      return (
        dataSetFrom({ ...(set as object), ...length, count: 1, seed: 0 }).answers[0] === 'points'
      );
    } catch {
      // Told below, with all that is asked of it.
      return false;
    }
  });
  if (ofPoints.length > 0 && ofPoints.length < dataSets.length) {
    read.fail('data.dataSets', sets, 'data sets with an answer per point alone, or none of them');
  }
  if (ofPoints.length > 0 && answers !== undefined) {
    read.fail('data.answers', answers, 'it to be left out with data sets that answer per point');
  }
  if (ofOneLength) {
    read.record('data.length', given.length, ['law', 'min', 'max']);
    read.record('data.tracksPerBatch', given.tracksPerBatch, ['min', 'max']);
    const { validation: _, test: __, answers: ___, ...plan } = given;
    read.part('data', () => {
      oneLengthTracks({ ...plan, dataSets, seed: 0 } as unknown as OneLengthSpecification);
    });
  } else read.whole('data.tracksPerEpoch', given.tracksPerEpoch, 1);
  return { ...given, dataSets } as unknown as Recipe['data'];
}

/** Whether a data set may be asked for tracks of a length: what is wrong with it otherwise is told elsewhere. */
function takesLength(set: object): boolean {
  const made = (rest: object) => {
    try {
      dataSetFrom({ ...set, ...rest, count: 1, seed: 0 });
      return true;
    } catch {
      return false;
    }
  };
  return made({ length: 50 }) || !made({});
}

const FOLDER = ['folder', 'validation', 'test'];
const SIMULATED = ['dataSets', 'answers', 'tracksPerEpoch', 'repeat', 'validation', 'test'];
const ONE_LENGTH = [
  'dataSets',
  'answers',
  'length',
  'batches',
  'pointsPerBatch',
  'tracksPerBatch',
  'validation',
  'test',
];

/** Twice as many as `calibrate` needs, as those that a model does not judge fall away. */
const LEAST_TRACKS = 200;

/** What a calibration needs: one model that answers with classes, and tracks that are simulated. */
function readCalibration(read: RecipeReader, recipe: Recipe): void {
  const { calibration, data, folds, seed } = recipe;
  const given = read.record('calibration', calibration, ['tracks', 'coverage']);
  read.whole('calibration.tracks', given.tracks, LEAST_TRACKS);
  const { coverage = 0.9 } = given;
  if (coverage !== null && !(typeof coverage === 'number' && coverage >= 0.5 && coverage < 1)) {
    read.fail('calibration.coverage', coverage, '0.5 ≤ coverage < 1, or null for no sets');
  }
  if (!('dataSets' in data)) {
    const told = 'data with dataSets; `diffusion calibrate` takes labelled tracks afterwards';
    read.fail('calibration', calibration, told);
  } else {
    const output = outputOf(data, seed);
    if (output.kind === 'exponent' || output.kind === 'points') {
      read.fail('calibration', calibration, 'data sets with classes');
    } else if (coverage !== null) {
      const k = output.classes.findIndex((name) => name.includes(SET_SEPARATOR));
      if (k >= 0) {
        const expected = 'no | in the label of a class of sets, or coverage null';
        read.fail(`data.dataSets[0].classes[${k}].label`, output.classes[k], expected);
      }
    }
  }
  if ((folds && folds.only === undefined) || ('lengths' in recipe && recipe.lengths)) {
    read.fail('calibration', calibration, 'it to be left out with folds and lengths');
  }
}

function readClassical(read: RecipeReader, { classifier, ...recipe }: ClassicalRecipe): void {
  const { name, options = {} } = read.record('classifier', classifier, ['name', 'options']);
  const fitted = classicalModels.filter(({ madeBy }) => madeBy === 'fitClassical');
  const model = fitted.find((each) => each.name === name);
  if (!model) {
    read.fail('classifier.name', name, `one of ${fitted.map((each) => each.name).join(', ')}`);
  } else {
    const given = read.record('classifier.options', options);
    read.part('classifier.options', () => readOptions(model.name, model.options as Options, given));
  }
  readFeatures(read, 'features', recipe.features);
  checkSeedOf(read, recipe.seed);
  readAugmentation(read, recipe.augmentation);
  const { data, balance } = recipe;
  if (balance === undefined) return;
  read.record('balance', balance);
  const output: Output =
    'folder' in data ? { kind: 'classes', classes: [] } : outputOf(data, recipe.seed);
  read.part('', () => checkBalance(balance, output, 'classifier'));
}

function readNetwork(
  read: RecipeReader,
  recipe: NetworkRecipe,
  networks: readonly NetworkDescription[],
  encoders: readonly EncoderDefinition[],
): void {
  const { name, options = {} } = read.record('network', recipe.network, ['name', 'options']);
  const text = read.text('network.name', name, "a network's name");
  const network = read.part('network.name', () => networkByName(text, networks));
  const given = read.record('network.options', options);
  read.part('network.options', () => readOptions(network.name, network.options, given));
  if (recipe.encoder !== undefined) readEncoder(read, recipe.encoder, encoders);
  if (recipe.start !== undefined) readStart(read, recipe);
  if (recipe.lengths !== undefined) readLengths(read, recipe, network.name);
  if (recipe.backend !== undefined) read.text('backend', recipe.backend, 'the name of a backend');
  checkSeedOf(read, recipe.seed);
  readAugmentation(read, recipe.augmentation);
  for (const field of ['epochs', 'batchSize'] as const) read.whole(field, recipe[field], 1);
  if (typeof recipe.learningRate !== 'number') {
    read.fail('learningRate', recipe.learningRate, 'a positive number');
  }
  for (const field of PARTS) {
    if (recipe[field] !== undefined) read.record(field, recipe[field]);
  }
  const { validation = 1 } = recipe.data;
  // What a folder has in it is known when it is read: then all is checked once more.
  const output: Output =
    'folder' in recipe.data
      ? { kind: 'both', classes: Object.keys(recipe.loss?.classWeights ?? {}) }
      : outputOf(recipe.data, recipe.seed);
  read.part('', () =>
    checkRecipe(trainingOf(recipe), {
      source: { perEpoch: 1 },
      output: withSpread(output, recipe),
      ...((validation > 0 || recipe.folds) && { validation: { count: 1 } }),
    }),
  );
  if (recipe.balance !== undefined) readSizes(read, recipe);
}

/** Parts of a recipe that have fields of their own. */
const PARTS = ['loss', 'optimizer', 'schedule', 'stopping', 'selection', 'balance'] as const;

const checkSeedOf = (read: RecipeReader, seed: unknown): void =>
  void read.whole('seed', seed, Number.MIN_SAFE_INTEGER);

function readEncoder(read: RecipeReader, value: unknown, own: readonly EncoderDefinition[]): void {
  const known = ['kind', 'dim', 'length', 'options', 'features'];
  const { kind, dim, length, options, features } = read.record('encoder', value, known);
  const all = [...builtInEncoders, ...own];
  const definition = all.find(({ name }) => name === kind);
  if (kind !== undefined && !definition) {
    read.fail('encoder.kind', kind, `one of ${all.map(({ name }) => name).join(', ')}`);
  }
  if (dim !== undefined && dim !== 1 && dim !== 2 && dim !== 3) {
    read.fail('encoder.dim', dim, '1, 2 or 3');
  }
  if (length !== undefined && length !== null) read.whole('encoder.length', length, 2);
  if (options !== undefined) {
    const given = read.record('encoder.options', options);
    if (!definition) read.fail('encoder.kind', kind, 'the kind whose options these are');
    else {
      read.part('encoder.options', () =>
        readOptions(`encoder ${definition.name}`, definition.options ?? {}, given),
      );
    }
  }
  if (features !== undefined) readFeatures(read, 'encoder.features', features);
}

/** Refuses a balance of tracks that are simulated with the shares of classes that their specification says. */
function readSizes(read: RecipeReader, { data, balance, lengths }: NetworkRecipe): void {
  if ('folder' in data || ('repeat' in data && data.repeat && !lengths)) return;
  read.fail(
    'balance',
    balance,
    lengths
      ? 'it to be left out with lengths and simulated tracks: the share of each class in data.dataSets says how many there are'
      : 'it to be left out, or data.repeat to be true: the share of each class in data.dataSets says how many are simulated in every epoch',
  );
}

function readStart(read: RecipeReader, recipe: NetworkRecipe): void {
  const { model, sha256, recipe: before } = read.record('start', recipe.start, START);
  read.text('start.model', model, 'the folder of a saved model');
  if (sha256 !== undefined && !(typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256))) {
    read.fail('start.sha256', sha256, '64 hexadecimal digits');
  }
  if (before !== undefined) read.record('start.recipe', before);
  if (recipe.lengths !== undefined) {
    read.fail('start', recipe.start, 'it to be left out with lengths, each of which has a network');
  }
}

const START = ['model', 'sha256', 'recipe'];

/** What a bank of networks needs, and what it cannot do. */
function readLengths(read: RecipeReader, recipe: NetworkRecipe, network: string): void {
  if (network !== 'wadnet') {
    read.fail('network.name', network, 'wadnet with lengths, whose networks make a bank');
  }
  const lengths = read.list('lengths', recipe.lengths, 'length in points');
  for (const [k, length] of lengths.entries()) {
    read.whole(`lengths[${k}]`, length, 2);
    if (lengths.indexOf(length) < k) read.fail(`lengths[${k}]`, length, 'each length once');
  }
  const { data, folds, encoder = {} } = recipe;
  const { kind = 'standardized', length = null, features = [] } = encoder;
  if (kind !== 'standardized' || length !== null || features.length > 0) {
    read.fail('encoder', encoder, "{ kind: 'standardized' } with lengths, of any length and alone");
  }
  if ('length' in data) {
    read.fail('data.length', data.length, 'it to be left out: the lengths are those of the bank');
  }
  if ('dataSets' in data) {
    if (data.repeat !== true) {
      read.fail('data.repeat', data.repeat, 'true with lengths: every epoch sees the same tracks');
    }
    if (data.dataSets.length !== 1) {
      read.fail('data.dataSets', data.dataSets, 'one with lengths: a network has one answer');
    }
    const [set] = data.dataSets as readonly { length?: unknown }[];
    if (set.length !== undefined) {
      read.fail('data.dataSets[0].length', set.length, 'it to be left out with lengths');
    }
  }
  for (const name of ['only', 'group'] as const) {
    if (folds?.[name] === undefined) continue;
    read.fail(`folds.${name}`, folds[name], 'it to be left out with lengths');
  }
}

function readFeatures(read: RecipeReader, place: string, value: unknown): void {
  if (value === 'unit-free') return;
  if (!Array.isArray(value)) read.fail(place, value, 'a list of names of features, or "unit-free"');
  for (const [k, name] of (value as unknown[]).entries()) {
    if (typeof name === 'string' && featureNamed(name)) continue;
    read.fail(
      `${place}[${k}]`,
      name,
      'the name of a feature; `diffusion features --help` lists them',
    );
  }
}

const readAugmentation = (read: RecipeReader, value: unknown): void =>
  read.part('augmentation', () => {
    chosenAugmentation(value as AugmentationChoice | undefined);
  });
