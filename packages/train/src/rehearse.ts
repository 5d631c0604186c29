import type { Output } from '@diffusion/models';
import { widthOf } from '@diffusion/models/inference';
import { checkShapes } from '@diffusion/models/training';
import type { Tracks } from '@diffusion/tracks';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { blameLayer } from './blame-layer.ts';
import { checkBackend } from './check-backend.ts';
import { dropTape } from './drop-tape.ts';
import { TrainError } from './errors.ts';
import { type ExampleSource, type Examples, examplesOf } from './examples.ts';
import { lossOn } from './loss.ts';
import type { Objective } from './losses/batch-loss.ts';
import type { TrainingRecipe } from './recipe.ts';
import { targets } from './targets.ts';

/** What is tried. */
export interface Rehearsal extends ExampleSource {
  readonly network: LayersModel;
  readonly validation?: Tracks;
  readonly recipe: ExampleSource['recipe'] & Objective & Pick<TrainingRecipe, 'batchSize'>;
}

/** Tracks of the rehearsal, at most. */
const few = 2;

/** A float32 sum of probabilities is off by less. */
const tolerance = 1e-3;

/**
 * Tries a training on two tracks before its first batch, so that what cannot work is told at once and in its own words;
 * the network is as before afterwards.
 *
 * Throws {@link TrainError} without a backend, for a network that has nothing to train, whose answers are no
 * probabilities, or of which a layer cannot be derived on this backend, and for validation tracks without the answers
 * that are learnt; `ModelError` where network, encoder, output and tracks do not fit each other.
 */
export async function rehearse(options: Rehearsal): Promise<void> {
  const { network, encoder, output, source, validation, recipe } = options;
  await checkBackend();
  const { name } = network;
  checkShapes({ name, network, encoder, output });
  if (network.trainableWeights.length === 0) {
    throw new TrainError(`network '${name}' has no weights to train`);
  }
  if (validation) {
    targets(validation, output, encoder);
    if (validation.count > 0) encoder.encode(validation, [longestOf(validation)]);
  }
  // Of one batch: other tracks may not go with them.
  const batch = source.edges?.(0)[1] ?? recipe.batchSize;
  await tryGradient(options, examplesOf(options, 0, 0, Math.min(few, batch, source.perEpoch)));
}

/** What one gradient is tried of. */
export interface Trial {
  readonly network: LayersModel;
  readonly output: Output;
  readonly recipe: Objective;
}

/**
 * Works out the gradient of the loss on some examples, and leaves the network as it was.
 *
 * Throws {@link TrainError} for answers that are no probabilities, and for a layer that cannot be derived on this backend.
 */
export async function tryGradient(options: Trial, examples: Examples): Promise<void> {
  const { network, output } = options;
  const { name } = network;
  const others = network.nonTrainableWeights.map((weight) => weight.read() as tf.Variable);
  const before = others.map((weight) => weight.clone());
  let answers: tf.Tensor;
  try {
    answers = oneGradient(options, examples);
  } catch (error) {
    throw inWords(network, error as Error, examples.length);
  } finally {
    // A step in training mode moves the averages of batch normalisation.
    for (const [i, weight] of others.entries()) weight.assign(before[i]);
    tf.dispose(before);
  }
  const numbers = (await answers.data()) as Float32Array;
  answers.dispose();
  checkAnswers(name, numbers, output);
}

/** The answers for the examples, once the gradient of the loss has been worked out. */
function oneGradient({ network, output, recipe }: Trial, examples: Examples): tf.Tensor {
  const variables = network.trainableWeights.map((weight) => weight.read() as tf.Variable);
  let kept: (() => tf.Tensor | undefined)[] = [];
  try {
    return tf.tidy(() => {
      const { loss, answers, weight } = lossOn(network, examples, output, recipe);
      kept = [answers, weight];
      tf.variableGrads(loss, variables);
      weight()?.dispose();
      return answers();
    });
  } catch (error) {
    dropTape();
    for (const each of kept) each()?.dispose();
    throw error;
  }
}

/** What to say of a step that failed: the layer that it failed in, as far as one by itself fails likewise. */
function inWords(network: LayersModel, error: Error, length: number): TrainError {
  const backend = tf.getBackend();
  const name = `network '${network.name}'`;
  const blame = blameLayer(network, length);
  if (!blame) {
    return new TrainError(`${name} cannot be trained on the backend ${backend}: ${error.message}`, {
      cause: error,
    });
  }
  const { layer, of } = blame;
  const layerName = `layer '${layer.name}' (${layer.getClassName()}) of ${name}`;
  return new TrainError(
    of === 'answer'
      ? `${layerName} does not work on the backend ${backend}: ${blame.error.message}`
      : `${layerName} has no gradient on the backend ${backend}: ${blame.error.message}`,
    { cause: error },
  );
}

/** Throws where answers are no numbers, or where classes are asked for and they are no probabilities. */
function checkAnswers(name: string, answers: Float32Array, output: Output): void {
  const stride = widthOf(output);
  // Of points there are logits.
  const classes = output.kind === 'exponent' || output.kind === 'points' ? [] : output.classes;
  for (let from = 0; from < answers.length; from += stride) {
    const row = answers.subarray(from, from + stride);
    const wrong = row.find((value) => !Number.isFinite(value));
    if (wrong !== undefined) {
      throw new TrainError(
        `network '${name}' answers ${wrong} before any training: expected a finite number`,
      );
    }
    const shares = row.subarray(0, classes.length);
    if (classes.length === 0) continue;
    const total = shares.reduce((sum, share) => sum + share, 0);
    if (shares.every((share) => share >= -tolerance) && Math.abs(total - 1) <= tolerance) continue;
    const shown = Array.from(shares.subarray(0, 4), (share) => share.toPrecision(3)).join(', ');
    throw new TrainError(
      `network '${name}' answers ${shown}${classes.length > 4 ? ', …' : ''} for ${classes.slice(0, 4).join(', ')}${classes.length > 4 ? ', …' : ''}: expected probabilities, which are 1 in all (activation 'softmax' in the last layer)`,
    );
  }
}

/** The place of the longest track. */
function longestOf(tracks: Tracks): number {
  let longest = 0;
  for (let i = 1; i < tracks.count; i++) {
    if (tracks.lengthOf(i) > tracks.lengthOf(longest)) longest = i;
  }
  return longest;
}
