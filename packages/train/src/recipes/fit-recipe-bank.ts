import type { BankModel, JsonObject } from '@diffusion/models';
import type { SpecificationWithout } from '@diffusion/simulate';
import type { Tracks } from '@diffusion/tracks';
import { checkOptions, shown } from '@diffusion/tracks/messages';
import { type BankSets, labelledBankSets, simulatedBankSets } from '../bank/bank-sets.ts';
import { type FitBankOptions, fitBank } from '../bank/fit-bank.ts';
import { TrainError } from '../errors.ts';
import type { EpochResult } from '../training-state.ts';
import type { NetworkRecipe, SimulatedData } from './recipe.ts';
import { type LabelledTracks, measured, recipeTracks } from './recipe-tracks.ts';
import { trainingOf } from './training-of.ts';

/** What {@link fitRecipeBank} is told beside the recipe: nothing of it decides the model. */
export interface FitRecipeBankOptions
  extends Pick<
    FitBankOptions,
    | 'done'
    | 'resume'
    | 'onReady'
    | 'onBatch'
    | 'onEpoch'
    | 'onNetwork'
    | 'signal'
    | 'workers'
    | 'dataWorkers'
    | 'versions'
  > {
  /** The labelled tracks of the folder that the recipe names. */
  readonly labelled?: LabelledTracks;
}

/** What a recipe of several lengths gives. */
export interface FittedBank {
  readonly model: BankModel;
  /** The learning curves of those networks that were trained by this call. */
  readonly histories: readonly (readonly EpochResult[])[];
  /** Labelled tracks that no network has seen; none where the recipe wants none. */
  readonly test?: Tracks;
}

/** Networks of a bank whose recipe has folds are as many per length, and else one, on so many folds of the tracks. */
const usualFolds = 5;

/** The networks per length of a recipe of several lengths, and the parts of the tracks. */
export const bankFolds = ({ folds }: NetworkRecipe): { folds: number; trained: number } =>
  folds ? { folds: folds.count, trained: folds.count } : { folds: usualFolds, trained: 1 };

/**
 * Trains as a recipe of several lengths says, WADNet's bank ({@link fitBank}): a network per length and, where it has folds,
 * per fold, joined to one model whose card holds the recipe. Each length has `data.tracksPerEpoch` tracks of its own, or of a
 * folder those that are long enough, cut to stretches; a network is validated on one fold of them, of five where the recipe
 * has none. The factor of the exponents is estimated on `data.validation` tracks of the lengths that the data have.
 *
 * Throws {@link TrainError} for a recipe without lengths, and what {@link fitBank} throws.
 *
 * @example
 * const { model, test } = await fitRecipeBank(await readRecipe({ ...recipe, lengths: [10, 30, 100] }));
 * (await model.predict(test)).values;
 */
export async function fitRecipeBank(
  recipe: NetworkRecipe,
  options: FitRecipeBankOptions = {},
): Promise<FittedBank> {
  checkOptions<FitRecipeBankOptions>('fitRecipeBank', options, KNOWN, TrainError);
  const { labelled, ...hooks } = options;
  const { lengths, data, seed } = recipe;
  if (!lengths)
    throw new TrainError('lengths is missing: expected fitRecipe, or a list of lengths');
  const { sets, validation, test, output } = await materialOf(recipe, options);
  const { model, histories } = await fitBank({
    ...hooks,
    ...bankFolds(recipe),
    lengths,
    sets,
    options: recipe.network.options ?? {},
    output,
    ...(output.kind === 'exponent' && validation && { correctionTracks: validation }),
    recipe: { ...trainingOf(recipe), seed },
    data: data as unknown as JsonObject,
  });
  // The whole recipe in place of what `fitBank` knows of it; the model reads its card where it is asked.
  const card = { ...model.card, recipe: JSON.parse(JSON.stringify(recipe)) as JsonObject };
  return { model: { ...model, card }, histories, ...(test && { test }) };
}

const KNOWN = {
  labelled: true,
  done: true,
  resume: true,
  onReady: true,
  onBatch: true,
  onEpoch: true,
  onNetwork: true,
  signal: true,
  workers: true,
  dataWorkers: true,
  versions: true,
} as const;

/** The tracks of each network, those of every length that nothing is trained on, and what is answered. */
async function materialOf(
  recipe: NetworkRecipe,
  { labelled, signal }: FitRecipeBankOptions,
): Promise<
  Pick<FittedBank, 'test'> &
    Pick<FitBankOptions, 'output'> & { sets: BankSets; validation?: Tracks }
> {
  const { folds: _, ...whole } = recipe;
  const { data, seed } = recipe;
  if ('folder' in data) {
    const { training, validation, test, output } = measured(whole, labelled);
    return { sets: labelledBankSets(training as Tracks, seed), validation, test, output };
  }
  const { dataSets, tracksPerEpoch, repeat: __, ...counts } = data as SimulatedData;
  if (dataSets.length !== 1) {
    throw new TrainError(
      `data.dataSets has ${dataSets.length} data sets: expected one, a network of the bank answers one question`,
    );
  }
  // The tracks of the epochs are simulated where they are needed: here are those of every length beside them.
  const apart = { ...whole, data: { ...counts, dataSets, tracksPerEpoch: 1 } };
  const { validation, test, output } = await recipeTracks(apart, { signal });
  const [dataSet] = dataSets as readonly SpecificationWithout<'count' | 'seed' | 'length'>[];
  if ('length' in dataSet) {
    throw new TrainError(
      `data.dataSets[0].length is ${shown(dataSet.length)}: expected it to be left out, the lengths are those of the bank`,
    );
  }
  return {
    sets: simulatedBankSets({ dataSet, tracksPerLength: tracksPerEpoch, seed }),
    validation,
    test,
    output,
  };
}
