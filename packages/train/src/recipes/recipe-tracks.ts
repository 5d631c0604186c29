import {
  type NetworkDescription,
  type NetworkModel,
  networkByName,
  type Output,
} from '@diffusion/models';
import { deriveSeed } from '@diffusion/random';
import { loadModels } from '@diffusion/simulate';
import { joinTracks, type Tracks } from '@diffusion/tracks';
import { shown } from '@diffusion/tracks/messages';
import { nextTurn } from '@diffusion/workers';
import { alternateTracks } from '../alternate-tracks.ts';
import { type Augmentation, noAugmentation } from '../augment/augment.ts';
import { TrainError } from '../errors.ts';
import { foldsOf, splitGroups } from '../folds.ts';
import { freshTracks } from '../fresh-tracks.ts';
import { oneLengthBatches } from '../one-length-batches.ts';
import { oneLengthTracks } from '../one-length-tracks.ts';
import { repeatedTracks } from '../repeated-tracks.ts';
import type { OneLengthBatchesOptions, TrackSource } from '../source.ts';
import { splitTracks } from '../split.ts';
import { dataSetsOf } from './data-sets-of.ts';
import { isClassical, type OneLengthData, type Recipe, type SimulatedData } from './recipe.ts';
import { outputOf, withSpread } from './recipe-output.ts';
import { augmentationOf } from './training-of.ts';
import { outputOfStart } from './with-start.ts';

/** Labelled tracks that are there already, and what is to be learnt of them. */
export interface LabelledTracks {
  readonly tracks: Tracks;
  readonly output: Output;
}

/** What a recipe learns from, what is looked at after every epoch, and what is judged at the end: three sets apart. */
export interface RecipeTracks {
  readonly source: TrackSource;
  /** Of a fold, the tracks of that fold; none where the recipe wants none. */
  readonly validation?: Tracks;
  readonly test?: Tracks;
  readonly output: Output;
  readonly dim: 1 | 2 | 3;
  /** Points of the longest track. */
  readonly length: number;
  /** What training does to the tracks of the source. */
  readonly augmentation: Augmentation;
  /** Of the weights and of the order: that of the recipe, or of its fold. */
  readonly seed: number;
  /** How batches of one length were made, where the network has nothing padded. */
  readonly oneLength?: OneLengthBatchesOptions;
}

/** Tracks to validate on and to test on where they are simulated, unless told. */
const usualValidation = 1000;
const usualTest = 2000;

/** Share of the tracks of a folder to validate on, and to test on, unless told. */
export const usualShare = 0.15;

/** Of them, those that are simulated between two turns of the event loop, so that a signal is heard. */
const betweenTurns = 250;

/** What is simulated, or in memory, before it is known what learns from it. */
interface Material {
  /** The source of an epoch, or all tracks, which folds and epochs are made of. */
  readonly training: TrackSource | Tracks;
  readonly validation?: Tracks;
  readonly test?: Tracks;
  readonly output: Output;
  readonly dim: 1 | 2 | 3;
  readonly length: number;
}

/**
 * The tracks of a recipe, of one fold where it has folds.
 *
 * Throws {@link TrainError} for tracks that are missing, too few, or of one class alone.
 *
 * @param options.labelled the tracks of the folder that the recipe names.
 * @param options.start the model that the recipe begins with: classes have the order that they have in it.
 * @param options.networks architectures of one's own that the recipe may name.
 * @param options.signal ends it between two pieces of work.
 *
 * @example
 * const { source, validation } = await recipeTracks(recipe);
 */
export async function recipeTracks(
  recipe: Recipe,
  options: {
    readonly labelled?: LabelledTracks;
    readonly start?: NetworkModel;
    readonly networks?: readonly NetworkDescription[];
    readonly signal?: AbortSignal;
  } = {},
): Promise<RecipeTracks> {
  const augmentation = augmentationOf(recipe);
  const material =
    'folder' in recipe.data
      ? measured(recipe, options.labelled)
      : await simulated(recipe, options.signal);
  const { training, test, dim, length } = material;
  const { start } = options;
  const answers = withSpread(material.output, recipe);
  const output = start ? outputOfStart(answers, start) : answers;
  if (output.kind !== 'exponent' && output.classes.length < 2) {
    throw new TrainError(`there is one class, ${output.classes[0]}: expected at least two`);
  }
  const sets = { test, output, dim, length };
  const apart = { ...sets, ...learntFrom(recipe, training, material.validation) };
  if (isClassical(recipe)) return { ...apart, augmentation };
  const padded = networkByName(recipe.network.name, options.networks).input?.padded !== false;
  if (padded || apart.source.edges) return { ...apart, augmentation };
  // Nothing is padded: the tracks are cut to one length per batch, and what is done to them is done before.
  const oneLength = { batchSize: recipe.batchSize, seed: apart.seed, augmentation };
  return {
    ...apart,
    source: oneLengthBatches(apart.source, oneLength),
    augmentation: noAugmentation,
    oneLength,
  };
}

/** The source of an epoch, and what is looked at after it: of a fold, or of the whole. */
function learntFrom(
  { data, folds, seed }: Recipe,
  training: TrackSource | Tracks,
  validation: Tracks | undefined,
): Pick<RecipeTracks, 'source' | 'validation' | 'seed'> {
  if (!('offsets' in training)) {
    if (folds) {
      throw new TrainError(
        `data.repeat is ${shown((data as SimulatedData).repeat)}: expected true with folds, which part tracks that every epoch sees again`,
      );
    }
    return { source: training, validation, seed };
  }
  if (!folds) return { source: repeatedTracks(training, seed), validation, seed };
  const { count, group, only } = folds;
  if (only === undefined) {
    throw new TrainError(
      `folds.only is missing: expected a fold from 1 to ${count}, whose tracks these are`,
    );
  }
  const fold = foldsOf(training, { folds: count, seed, group })[only - 1];
  return {
    source: repeatedTracks(fold.training, fold.seed),
    validation: fold.validation,
    seed: fold.seed,
  };
}

async function simulated(
  { data, seed, folds, ...recipe }: Recipe,
  signal: AbortSignal | undefined,
): Promise<Material> {
  const given = data as SimulatedData | OneLengthData;
  const { dataSets, validation = usualValidation, test = usualTest } = given;
  await loadModels(dataSets);
  const sets = (count: number, purpose: 'training' | 'validation' | 'test') =>
    dataSetsOf(given, count, (k) => deriveSeed(seed, purpose, 'data set', k));
  const all = async (count: number, purpose: 'training' | 'validation' | 'test') => {
    const parts: Tracks[] = [];
    for (const set of sets(Math.ceil(count / dataSets.length), purpose)) {
      for await (const part of set.batches({ size: betweenTurns })) {
        parts.push(part);
        // So that a signal is heard.
        await nextTurn();
        signal?.throwIfAborted();
      }
    }
    return joinTracks(parts);
  };
  const apart = {
    ...(validation > 0 && !folds && { validation: await all(validation, 'validation') }),
    ...(test > 0 && { test: await all(test, 'test') }),
  };
  if ('length' in given) {
    const { validation: _, test: __, answers: ___, ...plan } = given;
    const [first] = sets(1, 'training');
    return {
      ...apart,
      training: oneLengthTracks({ ...plan, seed }),
      output: outputOf(given, seed),
      dim: first.dim,
      length: given.length.max,
    };
  }
  const { tracksPerEpoch, repeat = false } = given;
  const perSet = Math.ceil(tracksPerEpoch / dataSets.length);
  const epochs = !repeat && 'epochs' in recipe ? recipe.epochs : 1;
  const training = sets(perSet * epochs, 'training');
  const about = {
    ...apart,
    output: outputOf(given, seed),
    dim: training[0].dim,
    length: Math.max(...training.map(({ lengths }) => lengths.max)),
  };
  if (repeat) return { ...about, training: await all(tracksPerEpoch, 'training') };
  const sources = training.map((set) => freshTracks(set, perSet));
  return { ...about, training: sources.length === 1 ? sources[0] : alternateTracks(sources) };
}

/** The tracks of a folder in their parts. */
export function measured(
  { data, seed, folds }: Recipe,
  labelled: LabelledTracks | undefined,
): Material {
  const {
    folder,
    validation = usualShare,
    test = usualShare,
  } = data as Extract<Recipe['data'], { folder: string }>;
  if (!labelled) {
    throw new TrainError(
      `data.folder is '${folder}': expected its labelled tracks beside the recipe, as options.labelled`,
    );
  }
  const { tracks, output } = labelled;
  let length = 0;
  for (let i = 0; i < tracks.count; i++) length = Math.max(length, tracks.lengthOf(i));
  // The folds have the tracks that would be looked at after every epoch.
  const looked = folds ? 0 : validation;
  const shares = [1 - looked - test, ...(looked > 0 ? [looked] : []), ...(test > 0 ? [test] : [])];
  const group = folds?.group;
  const split = () =>
    group === undefined
      ? splitTracks(tracks, shares, seed)
      : // Nothing of a file that is learnt from, or validated on, is in the test.
        splitGroups(tracks, shares, seed, group);
  const parts = shares.length > 1 ? split() : [tracks];
  if (parts.some(({ count }) => count === 0)) {
    throw new TrainError(
      `${folder}: ${tracks.count} tracks cannot be parted into training, validation and test: expected more`,
    );
  }
  return {
    training: parts[0],
    ...(looked > 0 && { validation: parts[1] }),
    ...(test > 0 && { test: parts[parts.length - 1] }),
    output,
    dim: tracks.dim,
    length,
  };
}
