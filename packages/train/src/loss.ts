import type { Output } from '@diffusion/models';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Examples } from './examples.ts';

/**
 * The loss of a network on a batch in training mode, as a function that can be derived, and its answers once that
 * function has run: cross-entropy for classes, mean absolute error for exponents. Called within `tf.tidy`.
 */
export function lossOn(
  network: LayersModel,
  examples: Examples,
  output: Output,
  labelSmoothing: number,
): { loss: () => tf.Scalar; answers: () => tf.Tensor } {
  const inputs = inputTensors(network, examples);
  const goal = goalTensor(examples.wanted, output, labelSmoothing);
  let answers: tf.Tensor | undefined;
  return {
    loss: () => {
      const answer = network.apply(inputs, { training: true }) as tf.Tensor;
      answers = tf.keep(answer.clone());
      return (
        output.kind === 'exponent'
          ? tf.mean(tf.abs(tf.sub(answer, goal)))
          : tf.neg(tf.mean(tf.sum(tf.mul(goal, tf.log(tf.add(answer, 1e-7))), -1)))
      ) as tf.Scalar;
    },
    answers: () => answers!,
  };
}

/** Points, and features where the network has a second input. */
function inputTensors(
  network: LayersModel,
  { count, length, inputs, features }: Examples,
): tf.Tensor[] {
  const points = tf.tensor3d(inputs, [count, length, inputs.length / (count * length)]);
  return network.inputs.length > 1
    ? [points, tf.tensor2d(features, [count, features.length / count])]
    : [points];
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
