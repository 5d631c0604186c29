import type { Output } from '@diffusion/models';
import { nextTurn } from '@diffusion/workers';
import type * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { bestWeights } from './best-weights.ts';
import { checkResume } from './check-resume.ts';
import { DivergedError, type TrainError } from './errors.ts';
import { goodWeights } from './good-weights.ts';
import type { Scores } from './loss.ts';
import { makeOptimizer, setLearningRate } from './optimizer/make-optimizer.ts';
import type { ExamplesAhead } from './parallel/examples-ahead.ts';
import type { TrainingRecipe } from './recipe.ts';
import { learningRateAt } from './schedules.ts';
import type { Stepper } from './stepper.ts';
import { isOver, keepsBest } from './stopping.ts';
import type { EpochResult, TrainingState } from './training-state.ts';
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

/** Who is told of a training on its way, and who may end it. */
export interface EpochHooks {
  readonly onBatch?: (result: BatchResult) => void;
  /** Awaited after each epoch; `state()` is what a checkpoint keeps, its tensors are the caller's to dispose of. */
  readonly onEpoch?: (
    result: EpochResult,
    state: () => Promise<TrainingState>,
  ) => void | Promise<void>;
  /** Stops between two batches; the training then throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What the loop of a training is told: tracks and images differ in how steps are taken and checked alone. */
export interface EpochsOptions extends EpochHooks {
  readonly network: LayersModel;
  readonly output: Output;
  /** One that has been checked. */
  readonly recipe: Omit<TrainingRecipe, 'augmentation'>;
  /** Where the batches of an epoch begin, and where the last one ends; as many in every epoch. */
  readonly edgesOf: (epoch: number) => ArrayLike<number>;
  /** What makes examples ahead of the steps, where anything does. */
  readonly aheadOf?: () => ExamplesAhead | undefined;
  readonly stepperOf: (ahead: ExamplesAhead | undefined) => Stepper | Promise<Stepper>;
  /** Loss and scores of the network as it is on what it does not learn from. */
  readonly check?: () => Promise<{ readonly loss: number } & Scores>;
  readonly resume?: TrainingState;
}

/**
 * The epochs of a training: the learning rate of every step, the optimizer's steps, averages and best weights, the end. The network has
 * the weights that the recipe means afterwards; of a training that diverges, those of the last whole epoch.
 *
 * Throws {@link TrainError} for a state of another training, and for a loss or a weight that is no number.
 *
 * @returns the learning curve.
 */
export async function runEpochs(options: EpochsOptions): Promise<EpochResult[]> {
  const { network, output, recipe, edgesOf, resume, onBatch, onEpoch, signal } = options;
  const { epochs, learningRate, averaging = 0, schedule, stopping } = recipe;
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
  const ahead = options.aheadOf?.();
  try {
    if (averaging > 0) {
      const variables = network.trainableWeights.map((weight) => weight.read() as tf.Variable);
      average = weightAverage(variables, averaging, history.length * batches, resume?.averages);
    }
    stepper = await options.stepperOf(ahead);
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
      const checked = await options.check?.();
      history.push({
        epoch: epoch + 1,
        ...means.values(),
        ...(checked && { validationLoss: checked.loss, validationScore: checked.score }),
        ...(checked?.mae !== undefined && { validationMae: checked.mae }),
        ...(checked?.confusion && { validationConfusion: checked.confusion }),
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
