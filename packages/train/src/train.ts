import { checkOptions } from '@diffusion/tracks/messages';
import { batchEdges } from './batch-edges.ts';
import { TrainError } from './errors.ts';
import { aheadOf, prepared, stepperOf, type Training } from './prepared.ts';
import { type EpochHooks, runEpochs } from './run-epochs.ts';
import type { EpochResult, TrainingState } from './training-state.ts';
import { validate } from './validate.ts';

export interface TrainOptions extends Training, EpochHooks {
  readonly resume?: TrainingState;
  /** Awaited once all has been tried, before the first batch: to open what the training will write to. */
  readonly onReady?: () => void | Promise<void>;
}

/**
 * Trains a network on tracks by a recipe: unless it says otherwise with Adam, for cross-entropy of classes, mean absolute error
 * of exponents, and their weighted sum for a network of both. The weights afterwards are a function of the first weights, the
 * source and the recipe (and of the validation tracks, where the recipe goes by them). A
 * batch cut into `recipe.shards` parts can be shared by as many `workers`: gradients and the moving averages of batch
 * normalisation are averaged over the shards, weighted by their tracks, in the shards' order.
 *
 * Before the first batch all is tried on two tracks: throws {@link TrainError} for an option that there is not, for one
 * that is missing, for a wrong recipe, without a backend, for
 * answers that are no probabilities and for a layer that has no gradient on this backend, which it names; `ModelError`
 * where network, encoder and output do not fit each other. Later it throws {@link TrainError} for a loss or a weight that
 * is no number: it names epoch and batch, and the network has the weights of the last whole epoch again. `WorkerError` when
 * a worker fails or ends.
 *
 * @returns the learning curve.
 */
export async function train(given: TrainOptions): Promise<EpochResult[]> {
  checkOptions<TrainOptions>('train', given, KNOWN, TrainError);
  const { resume, onReady, onBatch, onEpoch, signal } = given;
  const ready = await prepared(given);
  const { network, encoder, output, source, validation, recipe } = ready;
  await onReady?.();
  const edgesOf = batchEdges(source, recipe.batchSize);
  return runEpochs({
    network,
    output,
    recipe,
    edgesOf,
    aheadOf: () => aheadOf(ready, edgesOf),
    stepperOf: (ahead) => stepperOf(ready, ahead),
    ...(validation && {
      check: () => validate(network, encoder, output, validation, { loss: recipe.loss }),
    }),
    resume,
    onBatch,
    onEpoch,
    signal,
  });
}

const KNOWN = {
  network: true,
  encoder: true,
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
} as const;
