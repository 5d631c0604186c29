import type { Output } from '@diffusion/models';
import { mostProbable, placeOfExponent, widthOf } from '@diffusion/models/inference';
import { inputTensors } from '@diffusion/models/training';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Examples } from './examples.ts';
import { batchLoss, type Objective } from './losses/batch-loss.ts';
import { pointScores } from './losses/point-loss.ts';
import type { Targets } from './targets.ts';

/** The loss of a network on a batch, on its way. */
export interface NetworkLoss {
  /** The loss, to be derived; within `tf.tidy`. */
  readonly loss: () => tf.Scalar;
  /** The network's answers, once `loss` has run; the caller's to dispose of. */
  readonly answers: () => tf.Tensor;
  /** As of a {@link batchLoss}. */
  readonly weight: () => tf.Tensor | undefined;
}

/** The loss of a network on a batch in training mode, with its answers. Called within `tf.tidy`. */
export function lossOn(
  network: LayersModel,
  examples: Examples,
  output: Output,
  objective: Objective,
): NetworkLoss {
  const inputs = inputTensors(network, examples);
  const loss = batchLoss(examples.wanted, output, objective);
  let answers: tf.Tensor | undefined;
  return {
    loss: () => {
      const given = network.apply(inputs, { training: true }) as tf.Tensor | tf.Tensor[];
      const heads = Array.isArray(given) ? given : [given];
      answers = tf.keep(heads.length === 1 ? heads[0].clone() : tf.concat(heads, 1));
      return loss.of(heads);
    },
    answers: () => answers!,
    weight: loss.weight,
  };
}

/** How good the answers for some tracks are. */
export interface Scores {
  /** Accuracy where there are classes, of points where each has one, else the mean absolute error of the exponents. */
  readonly score: number;
  /** Mean absolute error of the exponents beside classes, of the tracks that have one. */
  readonly mae?: number;
  /** Of a validation with classes: tracks by true class (row) and answer (column). */
  readonly confusion?: number[][];
}

/** Scores of a network's answers, tracks × outputs. */
export function scoresOf(answers: Float32Array, wanted: Targets, output: Output): Scores {
  if (wanted.points && output.kind === 'points') {
    return pointScores(answers, wanted.points, output.classes.length);
  }
  const stride = widthOf(output);
  const mae =
    wanted.exponents && meanError(answers, stride, placeOfExponent(output), wanted.exponents);
  if (!wanted.codes || output.kind === 'exponent') return { score: mae! };
  const score = accuracy(mostProbable(answers, stride, output.classes.length), wanted.codes);
  return mae === undefined ? { score } : { score, mae };
}

function meanError(
  answers: Float32Array,
  stride: number,
  place: number,
  exponents: Float64Array,
): number {
  let [sum, known] = [0, 0];
  for (let i = 0; i < exponents.length; i++) {
    if (Number.isNaN(exponents[i])) continue;
    sum += Math.abs(answers[i * stride + place] - exponents[i]);
    known++;
  }
  return sum / Math.max(1, known);
}

const accuracy = (given: Int32Array, codes: Int32Array): number =>
  codes.reduce((right, code, i) => right + (given[i] === code ? 1 : 0), 0) / codes.length;
