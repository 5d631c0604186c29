import type { Output } from '@diffusion/models';
import { mostProbable, widthOf } from '@diffusion/models/inference';
import { inputTensors } from '@diffusion/models/training';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Examples } from './examples.ts';
import type { Recipe } from './recipe.ts';
import type { Targets } from './targets.ts';

/** What a recipe says of the loss. */
export type LossRecipe = Pick<Recipe, 'labelSmoothing' | 'exponentWeight'>;

/** Mean absolute error beside cross-entropy, where nothing else is said (docs/models.md, `multiscale`). */
const defaultExponentWeight = 1.5;

/** Weight of the exponents' mean absolute error in the loss; 1 where it stands alone. */
export const exponentWeightOf = (output: Output, { exponentWeight }: LossRecipe): number =>
  output.kind === 'both' ? (exponentWeight ?? defaultExponentWeight) : 1;

/**
 * The loss of a network on a batch in training mode, as a function that can be derived, and its answers once that
 * function has run: cross-entropy for classes, mean absolute error for exponents, their weighted sum for both. Called
 * within `tf.tidy`.
 */
export function lossOn(
  network: LayersModel,
  examples: Examples,
  output: Output,
  recipe: LossRecipe,
): { loss: () => tf.Scalar; answers: () => tf.Tensor } {
  const inputs = inputTensors(network, examples);
  const { codes, exponents } = examples.wanted;
  const rows = codes && output.kind !== 'exponent' && oneHot(codes, output.classes.length, recipe);
  const alpha = exponents && tf.tensor2d(Float32Array.from(exponents), [exponents.length, 1]);
  const weight = exponentWeightOf(output, recipe);
  let answers: tf.Tensor | undefined;
  return {
    loss: () => {
      const given = network.apply(inputs, { training: true }) as tf.Tensor | tf.Tensor[];
      const heads = Array.isArray(given) ? given : [given];
      answers = tf.keep(heads.length === 1 ? heads[0].clone() : tf.concat(heads, 1));
      const terms: tf.Tensor[] = [];
      if (rows) {
        const likelihood = tf.log(tf.add(heads[0], 1e-7));
        terms.push(tf.neg(tf.mean(tf.sum(tf.mul(rows, likelihood), -1))));
      }
      if (alpha) {
        const error = tf.mean(tf.abs(tf.sub(heads[heads.length - 1], alpha)));
        terms.push(weight === 1 ? error : tf.mul(error, weight));
      }
      return terms.reduce((sum, term) => tf.add(sum, term)) as tf.Scalar;
    },
    answers: () => answers!,
  };
}

/** A row of probabilities per track: the class has 1, smoothed. */
function oneHot(codes: Int32Array, width: number, { labelSmoothing }: LossRecipe): tf.Tensor {
  const rows = new Float32Array(codes.length * width).fill(labelSmoothing / width);
  for (let i = 0; i < codes.length; i++) rows[i * width + codes[i]] += 1 - labelSmoothing;
  return tf.tensor2d(rows, [codes.length, width]);
}

/** How good the answers for some tracks are. */
export interface Scores {
  /** Accuracy where there are classes, else the mean absolute error of the exponents. */
  readonly score: number;
  /** Mean absolute error of the exponents beside classes. */
  readonly mae?: number;
}

/** Scores of a network's answers, tracks × outputs. */
export function scoresOf(answers: Float32Array, wanted: Targets, output: Output): Scores {
  const stride = widthOf(output);
  const mae = wanted.exponents && meanError(answers, stride, wanted.exponents);
  if (!wanted.codes) return { score: mae! };
  const classes = output.kind === 'both' ? stride - 1 : stride;
  const score = accuracy(mostProbable(answers, stride, classes), wanted.codes);
  return mae === undefined ? { score } : { score, mae };
}

/** Exponents stand last in a row. */
function meanError(answers: Float32Array, stride: number, exponents: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < exponents.length; i++) {
    sum += Math.abs(answers[(i + 1) * stride - 1] - exponents[i]);
  }
  return sum / exponents.length;
}

const accuracy = (given: Int32Array, codes: Int32Array): number =>
  codes.reduce((right, code, i) => right + (given[i] === code ? 1 : 0), 0) / codes.length;
