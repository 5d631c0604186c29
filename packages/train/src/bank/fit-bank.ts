import {
  type BankModel,
  bankModel,
  estimateCorrection,
  type JsonObject,
  type NetworkModel,
} from '@diffusion/models';
import { checkSeed, deriveSeed } from '@diffusion/random';
import type { Tracks } from '@diffusion/tracks';
import { checkOptions, checkTracks, shown } from '@diffusion/tracks/messages';
import { checkGiven } from '../check-given.ts';
import { checkWhole } from '../check-whole.ts';
import { TrainError } from '../errors.ts';
import { FIT_OPTIONS, type FitOptions, fit } from '../fit.ts';
import { withDefaults } from '../recipe.ts';
import type { BatchResult } from '../run-epochs.ts';
import type { EpochResult, TrainingState } from '../training-state.ts';
import type { BankPlace, BankSets } from './bank-sets.ts';

/** A network of a bank that is trained. */
export interface TrainedBankNetwork extends Pick<BankPlace, 'length' | 'fold'> {
  readonly model: NetworkModel;
}

/** What {@link fitBank} is told: as {@link fit}, but for the tracks, and for a network for each of several lengths. */
export interface FitBankOptions
  extends Omit<
    FitOptions,
    | 'network'
    | 'networks'
    | 'encoder'
    | 'encoders'
    | 'start'
    | 'source'
    | 'validation'
    | 'resume'
    | 'onReady'
    | 'onBatch'
    | 'onEpoch'
  > {
  /** Points of the tracks of each network, in the order in which they are trained; `wadnetLengths` are the paper's. */
  readonly lengths: readonly number[];
  /** The tracks of each; `simulatedBankSets` and `labelledBankSets` make them. */
  readonly sets: BankSets;
  /** Options of `wadnet`, the same for all; what follows from the task is filled in. */
  readonly options?: JsonObject;
  /** Parts of the tracks of a length, 5 if left out: each network is validated on one and trained on the others. */
  readonly folds?: number;
  /** Folds that a network is trained for, from the first on; all if left out. */
  readonly trained?: number;
  /**
   * Tracks of lengths as they will be judged, with a column `alpha`, on which the factor of the exponents is estimated
   * (`estimateCorrection`); none of them may be trained on. Exponents stay as they are if left out.
   */
  readonly correctionTracks?: Tracks;
  /** Networks that are trained already, by an earlier call with the same options: they are taken as they are. */
  readonly done?: readonly TrainedBankNetwork[];
  /** The state of the network after them, to go on from. */
  readonly resume?: TrainingState;
  /** Awaited before the first batch of each network. */
  readonly onReady?: (place: BankPlace) => void | Promise<void>;
  readonly onBatch?: (place: BankPlace, result: BatchResult) => void;
  /** Awaited after each epoch of each network, as that of {@link fit}. */
  readonly onEpoch?: (
    place: BankPlace,
    result: EpochResult,
    state: () => Promise<TrainingState>,
  ) => void | Promise<void>;
  /** Awaited when a network is trained: to save it, for `done`. It is disposed of when the bank is whole. */
  readonly onNetwork?: (network: TrainedBankNetwork) => void | Promise<void>;
}

/**
 * Trains WADNet's bank (Li, Yao & Huang 2021): a network per length and fold, one after the other, and joins them to one
 * model that judges tracks of every length from the shortest on. Every network has a seed of its own, derived from the
 * recipe's by its length and fold, so that a bank of fewer lengths has the same networks. Networks that are `done` are not
 * trained again: an interrupted training goes on with them, to the same bits.
 *
 * Throws {@link TrainError} for an option that there is not, for lengths that make no sense, for a recipe that cuts
 * tracks or leaves out frames of them, whose lengths would differ, and for a loss with a spread; and what {@link fit} throws.
 *
 * @example
 * const { model } = await fitBank({
 *   lengths: [10, 30, 100], folds: 5,
 *   sets: simulatedBankSets({ dataSet: { preset: 'andi2020', task: 1, dim: 1 }, tracksPerLength: 300_000, seed: 1 }),
 *   output: { kind: 'exponent' },
 *   correctionTracks: andi2020({ task: 1, dim: 1, count: 10_000, seed: 2 }).generate(),
 *   recipe: { epochs: 100, batchSize: 512, learningRate: 1e-3, seed: 1, loss: { exponent: 'mse' },
 *     schedule: { name: 'plateau', factor: 5, patience: 2, stopAfter: 3 } },
 *   data: { preset: 'andi2020', task: 1, dim: 1 },
 * });
 * await saveModel('bank', model);
 */
export async function fitBank(
  given: FitBankOptions,
): Promise<{ model: BankModel; histories: readonly (readonly EpochResult[])[] }> {
  checkOptions<FitBankOptions>('fitBank', given, KNOWN, TrainError);
  checkGiven(given, ['output', 'recipe']);
  const {
    lengths,
    sets,
    options = {},
    folds = 5,
    trained = folds,
    correctionTracks,
    done = [],
    resume,
    onReady,
    onBatch,
    onEpoch,
    onNetwork,
    ...ofFit
  } = given;
  checkLengths(lengths);
  if (typeof sets !== 'function') {
    throw new TrainError(`sets is ${shown(sets)}: expected what simulatedBankSets gives`);
  }
  checkWhole('folds', folds, 2);
  checkWhole('trained', trained, 1);
  if (trained > folds) throw new TrainError(`trained is ${trained}: expected at most ${folds}`);
  if (correctionTracks !== undefined) checkTracks(correctionTracks, TrainError);
  const recipe = withDefaults(given.recipe);
  checkSeed(recipe.seed, TrainError);
  const { cutShare, gapShare } = recipe.augmentation;
  if (cutShare > 0 || gapShare > 0) {
    throw new TrainError(
      `augmentation has cutShare ${cutShare} and gapShare ${gapShare}: expected 0 and 0, all tracks of a network have one length`,
    );
  }
  if (recipe.loss?.exponent === 'gaussian') {
    throw new TrainError(
      "loss.exponent is 'gaussian': expected mae, mse or huber, a bank answers without a spread",
    );
  }
  const { output, data } = ofFit;
  const places = lengths.flatMap((length) =>
    Array.from({ length: trained }, (_, k): BankPlace => ({ length, fold: k + 1, folds })),
  );
  const histories: (readonly EpochResult[])[] = [];
  const networks: TrainedBankNetwork[] = [];
  const own: NetworkModel[] = [];
  let state = resume;
  try {
    for (const place of places) {
      const { length, fold } = place;
      const before = done.find((each) => each.length === length && each.fold === fold);
      if (before) {
        networks.push(before);
        continue;
      }
      const { source, validation } = sets(place);
      const { dim } = validation;
      const { model, history } = await fit({
        ...ofFit,
        network: { name: 'wadnet', options },
        encoder: { kind: 'standardized', dim, length: null },
        source,
        validation,
        recipe: { ...recipe, seed: deriveSeed(recipe.seed, 'fold', fold, 'lengths', length) },
        data: { ...data, length, fold, folds },
        resume: state,
        onReady: () => onReady?.(place),
        onBatch: (result) => onBatch?.(place, result),
        onEpoch: (result, stateNow) => onEpoch?.(place, result, stateNow),
      });
      state = undefined;
      own.push(model);
      const network = { length, fold, model };
      networks.push(network);
      histories.push(history);
      await onNetwork?.(network);
    }
    const bank = {
      // Plain data, of interfaces that TypeScript does not take for JSON.
      recipe: { ...recipe, data, bank: { lengths, folds, trained } } as unknown as JsonObject,
      metrics: meanMetrics(networks),
    };
    const model = bankModel(networks, bank);
    if (!correctionTracks || output.kind !== 'exponent') return { model, histories };
    try {
      const correction = await estimateCorrection(model, correctionTracks);
      return { model: bankModel(networks, { ...bank, correction }), histories };
    } finally {
      model.dispose();
    }
  } finally {
    for (const model of own) model.dispose();
  }
}

const {
  network: _,
  networks: __,
  encoder: ___,
  encoders: ____,
  start: _____,
  source: ______,
  validation: _______,
  ...OF_FIT
} = FIT_OPTIONS;
const KNOWN = {
  ...OF_FIT,
  lengths: true,
  sets: true,
  options: true,
  folds: true,
  trained: true,
  correctionTracks: true,
  done: true,
  onNetwork: true,
} as const;

function checkLengths(lengths: unknown): void {
  if (!Array.isArray(lengths) || lengths.length === 0) {
    throw new TrainError(`lengths is ${shown(lengths)}: expected a list of one or more lengths`);
  }
  for (const [i, length] of lengths.entries()) {
    checkWhole(`lengths[${i}]`, length, 2);
    if (lengths.indexOf(length) < i) {
      throw new TrainError(`lengths has ${length} twice: expected each once`);
    }
  }
}

/** Means over the networks of what was measured of each. */
function meanMetrics(networks: readonly TrainedBankNetwork[]): Record<string, number | null> {
  const all = networks.map(({ model }) => model.card.metrics);
  return Object.fromEntries(
    Object.keys(all[0]).map((name) => {
      const values = all.map((metrics) => metrics[name]);
      const known = values.filter((value) => typeof value === 'number');
      const mean = known.reduce((sum, value) => sum + value / known.length, 0);
      return [name, known.length === values.length ? mean : null];
    }),
  );
}
