import type { WorkerOptions } from '@diffusion/backends/parallel';
import type { Encoder, Output } from '@diffusion/models';
import type { Tracks } from '@diffusion/tracks';
import type { WorkerStart } from '@diffusion/workers';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { applyBalance } from './balance/apply-balance.ts';
import { checkGiven } from './check-given.ts';
import { checkWhole } from './check-whole.ts';
import { examplesOf } from './examples.ts';
import { type ExamplesAhead, examplesAhead } from './parallel/examples-ahead.ts';
import { shardedBatches } from './parallel/sharded-batches.ts';
import { checkRecipe, type TrainingRecipe, type WholeRecipe, withDefaults } from './recipe.ts';
import { rehearse } from './rehearse.ts';
import type { TrackSource } from './source.ts';
import { type Stepper, wholeBatches } from './stepper.ts';

/** A network, what it shall learn, and how. */
export interface Training {
  readonly network: LayersModel;
  readonly encoder: Encoder;
  readonly output: Output;
  readonly source: TrackSource;
  /** Labelled tracks that training never sees, or none. */
  readonly validation?: Tracks;
  readonly recipe: TrainingRecipe;
  /**
   * Threads that share the shards of each batch, `recipe.shards` at most; 0 or absent: this thread alone. The weights
   * afterwards are the same bits for any number. Needs the wasm backend and, in a page, cross-origin isolation.
   */
  readonly workers?: number | WorkerOptions;
  /**
   * Further threads that make the examples of the next batches while the network learns from one; 0 or absent: none. The
   * weights afterwards are the same bits for any number.
   */
  readonly dataWorkers?: number | (WorkerStart & { readonly count: number });
}

/** A training whose source and recipe are those that its steps go by. */
export interface PreparedTraining extends Training {
  readonly recipe: WholeRecipe;
}

/**
 * A training that has been checked, balanced and tried.
 *
 * Throws `TrainError` and `ModelError` as `train` says.
 */
export async function prepared(given: Training): Promise<PreparedTraining> {
  checkGiven(given, ['network', 'encoder', 'output', 'source', 'recipe']);
  const { network, encoder, output, validation, workers, dataWorkers } = given;
  const whole = { source: given.source, recipe: withDefaults(given.recipe) };
  checkRecipe(whole.recipe, { source: whole.source, output, validation });
  const { source, recipe } = applyBalance(whole, output);
  const training = { network, encoder, output, source, validation, recipe, workers, dataWorkers };
  checkWhole('workers', chosenWorkers(training).count, 0);
  checkWhole('dataWorkers', countOf(dataWorkers), 0);
  await rehearse(training);
  return training;
}

/** Whole batches on this thread, or shards of them on this thread or on workers. */
export async function stepperOf(
  training: PreparedTraining,
  ahead?: ExamplesAhead,
): Promise<Stepper> {
  const chosen = chosenWorkers(training);
  const whole = chosen.count === 0 && (training.recipe.shards ?? 1) === 1;
  const steps = { ...training, ahead };
  if (!whole) return shardedBatches({ ...steps, workers: chosen });
  return wholeBatches({
    ...training,
    examplesAt: (epoch, from, to) => examplesOf(steps, epoch, from, to),
  });
}

/**
 * What makes examples ahead of the steps: other threads, or this one where it is the one that trains. Workers that train
 * make their own where no others are asked for.
 */
export function aheadOf(
  training: PreparedTraining,
  edgesOf: (epoch: number) => ArrayLike<number>,
): ExamplesAhead | undefined {
  const { dataWorkers = 0, recipe } = training;
  const workers = typeof dataWorkers === 'number' ? { count: dataWorkers } : dataWorkers;
  const { count, createWorker } = chosenWorkers(training);
  if (workers.count === 0 && count > 0) return undefined;
  const { epochs, shards = 1 } = recipe;
  return examplesAhead({
    ...training,
    workers: { ...(createWorker && { createWorker }), ...workers },
    shards,
    epochs,
    edgesOf,
  });
}

const countOf = (workers: Training['dataWorkers'] = 0): number =>
  typeof workers === 'number' ? workers : workers.count;

const chosenWorkers = ({ workers = 0 }: Training): WorkerOptions =>
  typeof workers === 'number' ? { count: workers } : workers;
