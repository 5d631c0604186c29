import { type Encoder, KeyedDropout, networkInputs, type Output } from '@diffusion/models';
import type { Tracks } from '@diffusion/tracks';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type Augmentation, augmentTracks } from './augment/augment.ts';
import { TrainError } from './errors.ts';
import { oneCycle } from './one-cycle.ts';
import type { TrackSource } from './source.ts';
import { targets } from './targets.ts';
import { validate } from './validate.ts';

/** Everything that decides the weights after training, given the network's first weights and the tracks. */
export interface Recipe {
  readonly epochs: number;
  readonly batchSize: number;
  /** Peak of the one-cycle schedule. */
  readonly learningRate: number;
  /** Probability taken from the right class and spread over all; classes only. */
  readonly labelSmoothing: number;
  readonly seed: number;
  readonly augmentation: Augmentation;
}

/** One line of the learning curve. `score` is accuracy for classes and the mean absolute error for exponents. */
export interface EpochResult {
  /** From 1. */
  readonly epoch: number;
  readonly loss: number;
  readonly score: number;
  /** Absent where nothing was validated on. */
  readonly validationLoss?: number;
  readonly validationScore?: number;
}

/** What is known after each batch. */
export interface BatchResult {
  /** From 1. */
  readonly epoch: number;
  /** From 1, of `batches`. */
  readonly batch: number;
  readonly batches: number;
  /** Mean over the epoch so far. */
  readonly loss: number;
  readonly score: number;
}

/** A training at the end of an epoch, from which it can go on as if it had never stopped. */
export interface TrainingState {
  readonly history: readonly EpochResult[];
  /** The network's weights in its own order, moving averages included. */
  readonly weights: readonly tf.Tensor[];
  /** The optimizer's, as tfjs gives them. */
  readonly optimizer: readonly { readonly name: string; readonly tensor: tf.Tensor }[];
}

export interface TrainOptions {
  readonly network: LayersModel;
  readonly encoder: Encoder;
  readonly output: Output;
  readonly source: TrackSource;
  /** Labelled tracks that training never sees, or none. */
  readonly validation?: Tracks;
  readonly recipe: Recipe;
  readonly resume?: TrainingState;
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
 * Trains a network on tracks with Adam and a one-cycle schedule: cross-entropy for classes, mean absolute error for
 * exponents. The weights afterwards are a function of the first weights, the source and the recipe.
 *
 * @returns the learning curve.
 */
export async function train(options: TrainOptions): Promise<EpochResult[]> {
  const { network, encoder, output, source, validation, recipe, resume, onBatch, onEpoch, signal } =
    options;
  checkRecipe(recipe, source);
  const { epochs, batchSize, seed } = recipe;
  const batches = Math.ceil(source.perEpoch / batchSize);
  const optimizer = tf.train.adam(recipe.learningRate);
  if (resume) {
    network.setWeights([...resume.weights]);
    await optimizer.setWeights([...resume.optimizer]);
  }
  const history = [...(resume?.history ?? [])];
  const variables = network.trainableWeights.map((weight) => weight.read() as tf.Variable);
  try {
    for (let epoch = history.length; epoch < epochs; epoch++) {
      let lossSum = 0;
      let scoreSum = 0;
      for (let batch = 0; batch < batches; batch++) {
        signal?.throwIfAborted();
        for (const layer of network.layers) {
          if (layer instanceof KeyedDropout) layer.step = epoch * batches + batch;
        }
        const from = batch * batchSize;
        const to = Math.min(from + batchSize, source.perEpoch);
        const raw = source.take(epoch, from, to);
        const tracks = augmentTracks(
          raw,
          recipe.augmentation,
          seed,
          epoch * source.perEpoch + from,
        );
        setLearningRate(
          optimizer,
          oneCycle(epoch * batches + batch, epochs * batches, recipe.learningRate),
        );
        const { loss, score } = await step(
          network,
          encoder,
          output,
          tracks,
          recipe,
          optimizer,
          variables,
        );
        if (!Number.isFinite(loss))
          throw new TrainError(`loss is ${loss} in epoch ${epoch + 1}, batch ${batch + 1}`);
        lossSum += loss * (to - from);
        scoreSum += score * (to - from);
        onBatch?.({
          epoch: epoch + 1,
          batch: batch + 1,
          batches,
          loss: lossSum / to,
          score: scoreSum / to,
        });
        // A turn of the event loop, so that a signal is heard and a page stays alive.
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
      const checked = validation && (await validate(network, encoder, output, validation));
      history.push({
        epoch: epoch + 1,
        loss: lossSum / source.perEpoch,
        score: scoreSum / source.perEpoch,
        ...(checked && { validationLoss: checked.loss, validationScore: checked.score }),
      });
      await onEpoch?.(history[epoch], async () => ({
        history: [...history],
        weights: network.getWeights().map((weight) => weight.clone()),
        optimizer: (await optimizer.getWeights()).map(({ name, tensor }) => ({
          name,
          tensor: tensor.clone(),
        })),
      }));
    }
  } finally {
    optimizer.dispose();
  }
  return history;
}

async function step(
  network: LayersModel,
  encoder: Encoder,
  output: Output,
  tracks: Tracks,
  recipe: Recipe,
  optimizer: tf.Optimizer,
  variables: tf.Variable[],
): Promise<{ loss: number; score: number }> {
  const wanted = targets(tracks, output);
  let answers: tf.Tensor | undefined;
  const loss = tf.tidy(() => {
    const inputs = networkInputs(network, encoder, tracks);
    const goal = goalTensor(wanted, output, recipe.labelSmoothing);
    return optimizer.minimize(
      () => {
        const answer = network.apply(inputs, { training: true }) as tf.Tensor;
        answers = tf.keep(answer.clone());
        return output.kind === 'classes'
          ? tf.neg(tf.mean(tf.sum(tf.mul(goal, tf.log(tf.add(answer, 1e-7))), -1)))
          : tf.mean(tf.abs(tf.sub(answer, goal)));
      },
      true,
      variables,
    ) as tf.Scalar;
  });
  const data = (await answers!.data()) as Float32Array;
  const [value] = await loss.data();
  tf.dispose([loss, answers!]);
  return { loss: value, score: scoreOf(data, wanted, output) };
}

/** One-hot rows, smoothed, for classes; a column of α for exponents. */
function goalTensor(
  wanted: Float64Array | Int32Array,
  output: Output,
  smoothing: number,
): tf.Tensor {
  if (output.kind === 'exponent') return tf.tensor2d(Float32Array.from(wanted), [wanted.length, 1]);
  const width = output.classes.length;
  const rows = new Float32Array(wanted.length * width).fill(smoothing / width);
  for (let i = 0; i < wanted.length; i++) rows[i * width + wanted[i]] += 1 - smoothing;
  return tf.tensor2d(rows, [wanted.length, width]);
}

/** Accuracy for classes, mean absolute error for exponents. */
export function scoreOf(
  answers: Float32Array,
  wanted: Float64Array | Int32Array,
  output: Output,
): number {
  const count = wanted.length;
  let sum = 0;
  if (output.kind === 'exponent') {
    for (let i = 0; i < count; i++) sum += Math.abs(answers[i] - wanted[i]);
    return sum / count;
  }
  const width = output.classes.length;
  for (let i = 0; i < count; i++) {
    let best = 0;
    for (let k = 1; k < width; k++)
      if (answers[i * width + k] > answers[i * width + best]) best = k;
    if (best === wanted[i]) sum++;
  }
  return sum / count;
}

/** tfjs keeps the learning rate in a field that its types hide from callers; its own schedules write it so. */
function setLearningRate(optimizer: tf.Optimizer, rate: number): void {
  (optimizer as unknown as { learningRate: number }).learningRate = rate;
}

function checkRecipe(
  { epochs, batchSize, learningRate, labelSmoothing, seed }: Recipe,
  source: TrackSource,
): void {
  const whole = (name: string, value: number, least: number) => {
    if (!(Number.isSafeInteger(value) && value >= least)) {
      throw new TrainError(`${name} is ${value}: expected an integer of at least ${least}`);
    }
  };
  whole('epochs', epochs, 1);
  whole('batchSize', batchSize, 1);
  whole('seed', seed, 0);
  if (!(learningRate > 0))
    throw new TrainError(`learningRate is ${learningRate}: expected a positive number`);
  if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
    throw new TrainError(`labelSmoothing is ${labelSmoothing}: expected 0 ≤ labelSmoothing < 1`);
  }
  if (source.perEpoch < 1) throw new TrainError('there are no tracks to train on');
}
