import { checkOptions } from '@diffusion/tracks/messages';
import { nextTurn } from '@diffusion/workers';
import type * as tf from '@tensorflow/tfjs-core';
import { batchEdges } from './batch-edges.ts';
import { bestWeights } from './best-weights.ts';
import { checkResume } from './check-resume.ts';
import { DivergedError, TrainError } from './errors.ts';
import { goodWeights } from './good-weights.ts';
import type { Scores } from './loss.ts';
import { makeOptimizer, setLearningRate } from './optimizer/make-optimizer.ts';
import { aheadOf, prepared, stepperOf, type Training } from './prepared.ts';
import { learningRateAt } from './schedules.ts';
import type { Stepper } from './stepper.ts';
import { isOver, keepsBest } from './stopping.ts';
import type { EpochResult, TrainingState } from './training-state.ts';
import { validate } from './validate.ts';
import { type WeightAverage, weightAverage } from './weight-average.ts';

/** What is known after each batch. */
export interface BatchResult {
  /** From 1. */
  readonly epoch: number;
  /** From 1, of `batches`. */
  readonly batch: number;
  readonly batches: number;
  /** Of the step on the batch. */
  readonly learningRate: number;
  /** Mean over the epoch so far. */
  readonly loss: number;
  readonly score: number;
  readonly mae?: number;
  /** Since the first batch of this run: all of the time, and how much of it steps waited for their tracks, in seconds. */
  readonly time: { readonly seconds: number; readonly waited: number };
}

export interface TrainOptions extends Training {
  readonly resume?: TrainingState;
  /** Awaited once all has been tried, before the first batch: to open what the training will write to. */
  readonly onReady?: () => void | Promise<void>;
  readonly onBatch?: (result: BatchResult) => void;
  /** Awaited after each epoch; `state()` is what a checkpoint keeps, its tensors are the caller's to dispose of. */
  readonly onEpoch?: (
    result: EpochResult,
    state: () => Promise<TrainingState>,
  ) => void | Promise<void>;
  /** Stops between two batches; `train` then throws the signal's reason. */
  readonly signal?: AbortSignal;
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
  const { epochs, batchSize, learningRate, averaging = 0, loss, schedule, stopping } = recipe;
  const edgesOf = batchEdges(source, batchSize);
  const batches = edgesOf(0).length - 1;
  const optimizer = makeOptimizer(recipe.optimizer, learningRate);
  if (resume) {
    checkResume(network, resume, output, recipe);
    network.setWeights([...resume.weights]);
    await optimizer.setWeights([...resume.optimizer]);
  }
  const history = [...(resume?.history ?? [])];
  const good = goodWeights(network);
  const best = keepsBest(stopping)
    ? bestWeights(network, output, stopping?.monitor, resume?.best)
    : undefined;
  let average: WeightAverage | undefined;
  let stepper: Stepper | undefined;
  const ahead = aheadOf(ready, edgesOf);
  try {
    if (averaging > 0) {
      const variables = network.trainableWeights.map((weight) => weight.read() as tf.Variable);
      average = weightAverage(variables, averaging, history.length * batches, resume?.averages);
    }
    stepper = await stepperOf(ready, ahead);
    const begun = performance.now();
    let waited = 0;
    for (let epoch = history.length; !isOver(recipe, history, output); epoch++) {
      const edges = edgesOf(epoch);
      const means = runningMeans();
      let rate = learningRate;
      for (let batch = 0; batch < batches; batch++) {
        signal?.throwIfAborted();
        const [from, to] = [edges[batch], edges[batch + 1]];
        const step = epoch * batches + batch;
        const progress = { step, steps: epochs * batches, history, output };
        rate = learningRateAt(schedule, learningRate, progress);
        setLearningRate(optimizer, rate);
        const asked = performance.now();
        await ahead?.prepare(epoch, from, to);
        waited += performance.now() - asked;
        const result = await stepper.step({ epoch, step, from, to }, optimizer);
        waited += result.waited ?? 0;
        if (!Number.isFinite(result.loss)) {
          good.restore();
          throw diverged(`loss is ${result.loss} in epoch ${epoch + 1}, batch ${batch + 1}`, epoch);
        }
        average?.update();
        means.add(result, to - from);
        onBatch?.({
          epoch: epoch + 1,
          batch: batch + 1,
          batches,
          learningRate: rate,
          ...means.values(),
          time: { seconds: (performance.now() - begun) / 1000, waited: waited / 1000 },
        });
        // A turn of the event loop, so that a signal is heard and a page stays alive.
        await nextTurn();
      }
      if (!(await good.keep())) {
        good.restore();
        throw diverged(
          `a weight is no finite number after epoch ${epoch + 1}, batch ${batches}`,
          epoch,
        );
      }
      // Validation sees the averages; training goes on from the weights.
      average?.exchange();
      const checked =
        validation && (await validate(network, encoder, output, validation, { loss }));
      history.push({
        epoch: epoch + 1,
        ...means.values(),
        ...(checked && { validationLoss: checked.loss, validationScore: checked.score }),
        ...(checked?.mae !== undefined && { validationMae: checked.mae }),
        learningRate: rate,
      });
      best?.update(history);
      average?.exchange();
      await onEpoch?.(history[epoch], async () => ({
        history: [...history],
        weights: network.getWeights().map((weight) => weight.clone()),
        optimizer: (await optimizer.getWeights()).map(({ name, tensor }) => ({
          name,
          // The number of steps is made anew by the optimizer, and nobody else frees it.
          tensor: name === 'iter' ? tensor : tensor.clone(),
        })),
        ...(average && { averages: average.tensors.map((tensor) => tensor.clone()) }),
        ...(best?.tensors && { best: best.tensors.map((tensor) => tensor.clone()) }),
      }));
    }
    average?.exchange();
    best?.restore();
  } finally {
    optimizer.dispose();
    good.dispose();
    best?.dispose();
    average?.dispose();
    await stepper?.close();
    await ahead?.close();
  }
  return history;
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

/** The end of a training whose numbers are none any more, after so many whole epochs. */
const diverged = (what: string, epochs: number): TrainError =>
  new DivergedError(
    `${what}: expected a finite number (a lower learning rate may help)`,
    epochs,
    `the weights are those ${epochs === 0 ? 'before the first epoch' : `after epoch ${epochs}`}`,
  );

type Means = { loss: number } & Scores;

/** Means over the tracks of an epoch so far. */
function runningMeans(): { add(means: Means, count: number): void; values(): Means } {
  let total = 0;
  const sums = { loss: 0, score: 0, mae: 0 };
  let exponents = false;
  return {
    add({ loss, score, mae }, count) {
      total += count;
      sums.loss += loss * count;
      sums.score += score * count;
      sums.mae += (mae ?? 0) * count;
      exponents = mae !== undefined;
    },
    values: () => ({
      loss: sums.loss / total,
      score: sums.score / total,
      ...(exponents && { mae: sums.mae / total }),
    }),
  };
}
