import type { Output } from '@diffusion/models';
import * as tf from '@tensorflow/tfjs-core';
import { type SelectionRecipe, selected } from '../selection.ts';
import type { Targets } from '../targets.ts';
import { classLosses } from './class-losses.ts';
import { exponentLosses } from './exponent-losses.ts';
import type { LossRecipe } from './loss-recipe.ts';
import { pointLoss } from './point-loss.ts';

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

/** The loss of a batch as a function of what the network answers. */
export interface BatchLoss {
  /** The loss of the answers of each head, tracks × numbers, to be derived. */
  of(heads: readonly tf.Tensor[]): tf.Scalar;
  /**
   * What the loss is divided by, once `of` has run, the caller's to dispose of: the sum of the weights of the tracks that are
   * learnt from. None where that is their number.
   */
  weight(): tf.Tensor | undefined;
}

/**
 * The loss for what is wanted of a batch: of classes, of exponents, or the weighted sum of both, in the mean over its tracks,
 * those that are selected, weighted by their classes. Called within `tf.tidy`.
 */
export function batchLoss(
  { codes, exponents, points }: Targets,
  output: Output,
  { loss = {}, selection }: Objective,
): BatchLoss {
  if (points && output.kind === 'points') {
    const { length } = output.classes;
    return { of: ([given]) => pointLoss(given, points, length, loss), weight: () => undefined };
  }
  const { classes } = output.kind === 'exponent' ? { classes: [] } : output;
  const rows = codes && oneHot(codes, classes.length, loss);
  const weights = codes && trackWeights(codes, classes, loss);
  const alpha = exponents && wantedExponents(exponents);
  const known = exponents?.some(Number.isNaN) ? knownExponents(exponents) : undefined;
  const exponentWeight = exponentWeightOf(output, loss);
  let weight: tf.Tensor | undefined;
  /** A loss per track, to a term of the sum. */
  const mean = (losses: tf.Tensor): tf.Tensor => {
    if (!weights && !selection) return tf.mean(losses);
    return weightedMean(losses, weights, selection, (sum) => {
      weight = sum;
    });
  };
  return {
    of(heads) {
      const { ofBatch: lossOfClasses } = classLosses[loss.classes ?? 'cross-entropy'];
      const { ofBatch: lossOfExponents } = exponentLosses[loss.exponent ?? 'mae'];
      const ofClasses = rows && lossOfClasses(heads[0], rows, loss);
      const ofEach = alpha && lossOfExponents(heads[heads.length - 1], alpha, loss);
      const ofExponents = ofEach && known ? tf.mul(ofEach, known) : ofEach;
      const weighed = (losses: tf.Tensor) =>
        exponentWeight === 1 ? losses : tf.mul(losses, exponentWeight);
      if (!ofClasses) return mean(tf.reshape(ofExponents!, [-1])) as tf.Scalar;
      if (!ofExponents) return mean(ofClasses) as tf.Scalar;
      if (!weights && !selection) {
        return tf.add(tf.mean(ofClasses), weighed(tf.mean(ofExponents)));
      }
      return mean(tf.add(ofClasses, weighed(tf.reshape(ofExponents, [-1])))) as tf.Scalar;
    },
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

/** The exponents as a column; 1 where a track has none. */
const wantedExponents = (exponents: Float64Array): tf.Tensor2D =>
  tf.tensor2d(
    Float32Array.from(exponents, (alpha) => (Number.isNaN(alpha) ? 1 : alpha)),
    [exponents.length, 1],
  );

/** 1 for a track that has an exponent, 0 for one that has none: it teaches its class alone. */
const knownExponents = (exponents: Float64Array): tf.Tensor2D =>
  tf.tensor2d(
    Float32Array.from(exponents, (alpha) => (Number.isNaN(alpha) ? 0 : 1)),
    [exponents.length, 1],
  );

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
