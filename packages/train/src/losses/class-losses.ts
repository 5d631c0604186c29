import * as tf from '@tensorflow/tfjs-core';
import type { LossRecipe } from './loss-recipe.ts';

/** A loss of class probabilities. */
export interface ClassLoss {
  /**
   * Of each track of a batch, as tensors that can be derived.
   *
   * @param given probabilities, tracks × classes.
   * @param wanted the same of what is wanted.
   */
  ofBatch(given: tf.Tensor, wanted: tf.Tensor, loss: LossRecipe): tf.Tensor;
  /** Of one track, whose right class is `code`, as a number. */
  ofTrack(given: Float32Array, code: number, loss: LossRecipe): number;
}

/** Keeps the logarithm of a probability finite. */
const least = 1e-7;

const gammaOf = ({ gamma = 2 }: LossRecipe): number => gamma;

/** The losses of classes by the name that a recipe gives. */
export const classLosses: Readonly<Record<NonNullable<LossRecipe['classes']>, ClassLoss>> = {
  'cross-entropy': {
    ofBatch: (given, wanted) => tf.neg(tf.sum(tf.mul(wanted, tf.log(tf.add(given, least))), -1)),
    ofTrack: (given, code) => -Math.log(Math.max(least, given[code])),
  },
  mse: {
    ofBatch: (given, wanted) => tf.mean(tf.square(tf.sub(given, wanted)), -1),
    ofTrack: (given, code) =>
      given.reduce((sum, p, k) => sum + (p - (k === code ? 1 : 0)) ** 2, 0) / given.length,
  },
  focal: {
    ofBatch: (given, wanted, loss) => {
      // A softmax may exceed 1 by its rounding, and a power below 1 has no slope at 0.
      const missing = tf.maximum(tf.sub(1, given), least);
      const likelihood = tf.log(tf.add(given, least));
      const weighted = tf.mul(tf.pow(missing, gammaOf(loss)), likelihood);
      return tf.neg(tf.sum(tf.mul(wanted, weighted), -1));
    },
    ofTrack: (given, code, loss) =>
      -(Math.max(least, 1 - given[code]) ** gammaOf(loss)) * Math.log(Math.max(least, given[code])),
  },
};
