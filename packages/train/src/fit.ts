import {
  type JsonObject,
  type NetworkCard,
  type NetworkModel,
  trackModel,
} from '@diffusion/models';
import { disposeNetwork } from '@diffusion/models/training';
import { checkOptions } from '@diffusion/tracks/messages';
import { builtNetwork, type NetworkToBuild } from './built-network.ts';
import { checkGiven } from './check-given.ts';
import { DivergedError, TrainError } from './errors.ts';
import { seenDomain } from './seen.ts';
import { seenPrior } from './seen-prior.ts';
import { recordOf } from './start/record-of.ts';
import { keptEpoch } from './stopping.ts';
import { type TrainOptions, train } from './train.ts';
import type { EpochResult } from './training-state.ts';

/** What {@link fit} is told. */
export interface FitOptions
  extends NetworkToBuild,
    Pick<
      TrainOptions,
      | 'validation'
      | 'resume'
      | 'onReady'
      | 'onBatch'
      | 'onEpoch'
      | 'signal'
      | 'workers'
      | 'dataWorkers'
    > {
  /** What the tracks are, for the card: a preset and its arguments, or the names of files. */
  readonly data: JsonObject;
  readonly versions?: Readonly<Record<string, string>>;
}

/** The options of {@link fit}. */
export const FIT_OPTIONS = {
  network: true,
  encoder: true,
  networks: true,
  encoders: true,
  start: true,
  output: true,
  source: true,
  validation: true,
  recipe: true,
  resume: true,
  onReady: true,
  onBatch: true,
  onEpoch: true,
  signal: true,
  workers: true,
  dataWorkers: true,
  data: true,
  versions: true,
} as const;

/**
 * Builds a network, trains it on tracks and joins it with its card: a model that judges tracks. Needs a tfjs backend
 * (`useBackend` of `@diffusion/backends`).
 *
 * Throws {@link TrainError} for an option that there is not, `ModelError` and `OptionError` before any batch where network, encoder and output do not fit each other, and
 * what {@link train} throws, and {@link TrainError} for a `start` whose weights mean something else; a training that diverges leaves no model, and of its weights what `onEpoch` kept of its `state()`.
 *
 * @example
 * const { model } = await fit({
 *   network: { name: 'xresnet', options: { filters: 8 } },
 *   output: { kind: 'classes', classes: ['ND', 'DM', 'CD', 'FBM'] },
 *   encoder: { kind: 'motion', dim: 2, length: 600 },
 *   source: freshTracks(gajowczyk2021({ count: 4096, seed: 1 }), 1024),
 *   recipe: { epochs: 4, batchSize: 64, learningRate: 3e-3, loss: { labelSmoothing: 0.02 }, seed: 1, augmentation: noAugmentation },
 *   data: { preset: 'gajowczyk2021' },
 * });
 */
export async function fit(
  options: FitOptions,
): Promise<{ model: NetworkModel; history: EpochResult[] }> {
  checkOptions<FitOptions>('fit', options, FIT_OPTIONS, TrainError);
  checkGiven(options, ['network', 'encoder', 'output', 'source', 'recipe']);
  const { source, validation, data, versions = {}, start } = options;
  const { name, built, chosen, encode, recipe, output } = await builtNetwork(options);
  try {
    const history = await train({
      network: built,
      encoder: encode,
      output,
      source,
      validation,
      recipe,
      resume: options.resume,
      onReady: options.onReady,
      onBatch: options.onBatch,
      onEpoch: options.onEpoch,
      signal: options.signal,
      workers: options.workers,
      dataWorkers: options.dataWorkers,
    });
    const last = keptEpoch(recipe, history, output);
    const prior =
      output.kind === 'points'
        ? await seenPrior(built, encode, output.classes, source, recipe)
        : undefined;
    const card: NetworkCard = {
      format: 'diffusion-model',
      version: 1,
      network: { name, options: chosen },
      output: output.kind === 'points' && prior ? { ...output, prior } : output,
      encoder: encode.specification,
      domain: seenDomain(source, recipe, encode.specification.length, output),
      // Plain data, of interfaces that TypeScript does not take for JSON.
      recipe: {
        ...recipe,
        shards: recipe.shards ?? 1,
        ...(start && { start: await recordOf(start) }),
        data,
        tracksPerEpoch: source.perEpoch,
      } as unknown as JsonObject,
      metrics: {
        validationLoss: last.validationLoss ?? null,
        validationScore: last.validationScore ?? null,
        ...(last.validationMae !== undefined && { validationMae: last.validationMae }),
      },
      versions,
    };
    return { model: trackModel(built, card, encode), history };
  } catch (error) {
    disposeNetwork(built);
    throw withoutNetwork(error);
  }
}

/** What is left of a training that diverged, of whose network the caller has nothing. */
export function withoutNetwork(error: unknown): unknown {
  if (!(error instanceof DivergedError)) return error;
  const { what, wholeEpochs } = error;
  const kept =
    wholeEpochs === 0
      ? ''
      : `, and the weights after epoch ${wholeEpochs} are there only if onEpoch kept its state()`;
  return new DivergedError(what, wholeEpochs, `no model is made${kept}`, { cause: error });
}
