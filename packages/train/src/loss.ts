import type { Output } from '@diffusion/models';
import { mostProbable, placeOfExponent, widthOf } from '@diffusion/models/inference';
import { inputTensors } from '@diffusion/models/training';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Examples } from './examples.ts';
import { classLosses } from './losses/class-losses.ts';
import { exponentLosses } from './losses/exponent-losses.ts';
import type { LossRecipe } from './losses/loss-recipe.ts';
import { type SelectionRecipe, selected } from './selection.ts';
import type { Targets } from './targets.ts';

/** What a recipe says of what is learnt from a batch. */
export interface Objective {
  readonly loss?: LossRecipe;
  readonly selection?: SelectionRecipe;
}

/** Exponents beside classes, where nothing else is said (docs/models.md, `multiscale`). */
const defaultExponentWeight = 1.5;

/** Weight of the exponents' loss; 1 where it stands alone. */
export const exponentWeightOf = (output: Output, { exponentWeight }: LossRecipe = {}): number =>
  output.kind === 'both' ? (exponentWeight ?? defaultExponentWeight) : 1;

/** The loss of a batch on its way. */
export interface BatchLoss {
  /** The loss, to be derived; within `tf.tidy`. */
  readonly loss: () => tf.Scalar;
  /** The network's answers, once `loss` has run; the caller's to dispose of. */
  readonly answers: () => tf.Tensor;
  /**
   * What the loss is divided by, once `loss` has run, the caller's to dispose of: the sum of the weights of the tracks that
   * were learnt from. None where that is their number.
   */
  readonly weight: () => tf.Tensor | undefined;
}

/**
 * The loss of a network on a batch in training mode: of classes, of exponents, or the weighted sum of both, in the mean over
 * its tracks, those that are selected, weighted by their classes.
 */
export function lossOn(
  network: LayersModel,
  examples: Examples,
  output: Output,
  { loss: recipe = {}, selection }: Objective,
): BatchLoss {
  const inputs = inputTensors(network, examples);
  const { codes, exponents } = examples.wanted;
  const rows = codes && output.kind !== 'exponent' && oneHot(codes, output.classes.length, recipe);
  const alpha = exponents && tf.tensor2d(Float32Array.from(exponents), [exponents.length, 1]);
  const weights =
    codes && output.kind !== 'exponent' ? trackWeights(codes, output.classes, recipe) : undefined;
  const ofClasses = classLosses[recipe.classes ?? 'cross-entropy'];
  const ofExponents = exponentLosses[recipe.exponent ?? 'mae'];
  const exponentWeight = exponentWeightOf(output, recipe);
  let answers: tf.Tensor | undefined;
  let weight: tf.Tensor | undefined;
  const mean =
    weights || selection
      ? (losses: tf.Tensor) =>
          weightedMean(losses, weights, selection, (sum) => {
            weight = sum;
          })
      : undefined;
  return {
    loss: () => {
      const given = network.apply(inputs, { training: true }) as tf.Tensor | tf.Tensor[];
      const heads = Array.isArray(given) ? given : [given];
      answers = tf.keep(heads.length === 1 ? heads[0].clone() : tf.concat(heads, 1));
      const terms: tf.Tensor[] = [];
      if (rows) terms.push(ofClasses.ofBatch(heads[0], rows, recipe));
      if (alpha) terms.push(ofExponents.ofBatch(heads[heads.length - 1], alpha, recipe));
      const weigh = (term: tf.Tensor, i: number) =>
        alpha && i === terms.length - 1 && exponentWeight !== 1
          ? tf.mul(term, exponentWeight)
          : term;
      const add = (sum: tf.Tensor, term: tf.Tensor) => tf.add(sum, term);
      if (!mean)
        return terms
          .map((term) => tf.mean(term))
          .map(weigh)
          .reduce(add) as tf.Scalar;
      const flat = terms.map((term) => tf.reshape(term, [-1]));
      return mean(flat.map(weigh).reduce(add)) as tf.Scalar;
    },
    answers: () => answers!,
    weight: () => weight,
  };
}

/** Σ wᵢ lᵢ / Σ wᵢ over the selected tracks; the selection itself is not derived. */
function weightedMean(
  losses: tf.Tensor,
  weights: tf.Tensor | undefined,
  selection: SelectionRecipe | undefined,
  told: (sum: tf.Tensor) => void,
): tf.Tensor {
  const mean = tf.customGrad((given, save) => {
    const each = given as tf.Tensor;
    const kept = selection ? selected(each, selection) : tf.onesLike(each);
    const weighted = weights ? tf.mul(kept, weights) : kept;
    const sum = tf.sum(weighted);
    told(tf.keep(sum.clone()));
    const shares = tf.div(weighted, sum);
    (save as tf.GradSaveFunc)([shares]);
    return {
      value: tf.sum(tf.mul(each, shares)),
      gradFunc: (slope, [saved]) => tf.mul(slope, saved),
    };
  });
  return mean(losses);
}

/** A row of probabilities per track: the class has 1, smoothed. */
function oneHot(codes: Int32Array, width: number, { labelSmoothing = 0 }: LossRecipe): tf.Tensor {
  const rows = new Float32Array(codes.length * width).fill(labelSmoothing / width);
  for (let i = 0; i < codes.length; i++) rows[i * width + codes[i]] += 1 - labelSmoothing;
  return tf.tensor2d(rows, [codes.length, width]);
}

/** The weight of each track's class; none where all are alike. */
function trackWeights(
  codes: Int32Array,
  classes: readonly string[],
  { classWeights }: LossRecipe,
): tf.Tensor | undefined {
  if (!classWeights) return undefined;
  const ofClass = classes.map((name) => classWeights[name] ?? 1);
  return tf.tensor1d(Float32Array.from(codes, (code) => ofClass[code]));
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
  let sum = 0;
  for (let i = 0; i < exponents.length; i++) {
    sum += Math.abs(answers[i * stride + place] - exponents[i]);
  }
  return sum / exponents.length;
}

const accuracy = (given: Int32Array, codes: Int32Array): number =>
  codes.reduce((right, code, i) => right + (given[i] === code ? 1 : 0), 0) / codes.length;
