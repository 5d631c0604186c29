import * as tf from '@tensorflow/tfjs-core';
import type { LossRecipe } from './loss-recipe.ts';

/** A loss of exponents. */
export interface ExponentLoss {
  /**
   * Of each track of a batch, as tensors that can be derived.
   *
   * @param given what the network answers, tracks × 1, or × 2 with the logarithm of the spread.
   * @param wanted exponents, tracks × 1.
   */
  ofBatch(given: tf.Tensor, wanted: tf.Tensor, loss: LossRecipe): tf.Tensor;
  /** Of one track, from what the network answers for it. */
  ofTrack(given: Float32Array, wanted: number, loss: LossRecipe): number;
}

const deltaOf = ({ delta = 1 }: LossRecipe): number => delta;

/** ln √2π */
const normalisation = Math.log(2 * Math.PI) / 2;

/** The losses of exponents by the name that a recipe gives. */
export const exponentLosses: Readonly<Record<NonNullable<LossRecipe['exponent']>, ExponentLoss>> = {
  mae: {
    ofBatch: (given, wanted) => tf.abs(tf.sub(given, wanted)),
    ofTrack: ([given], wanted) => Math.abs(given - wanted),
  },
  mse: {
    ofBatch: (given, wanted) => tf.square(tf.sub(given, wanted)),
    ofTrack: ([given], wanted) => (given - wanted) ** 2,
  },
  huber: {
    ofBatch: (given, wanted, loss) => {
      const size = tf.abs(tf.sub(given, wanted));
      const within = tf.minimum(size, deltaOf(loss));
      const beyond = tf.mul(tf.sub(size, within), deltaOf(loss));
      return tf.add(tf.mul(tf.square(within), 0.5), beyond);
    },
    ofTrack: ([given], wanted, loss) => {
      const size = Math.abs(given - wanted);
      const within = Math.min(size, deltaOf(loss));
      return within ** 2 / 2 + deltaOf(loss) * (size - within);
    },
  },
  gaussian: {
    ofBatch: (given, wanted) => {
      const [mean, logSpread] = tf.split(given, 2, 1);
      const standardized = tf.mul(tf.sub(mean, wanted), tf.exp(tf.neg(logSpread)));
      return tf.add(tf.add(logSpread, tf.mul(tf.square(standardized), 0.5)), normalisation);
    },
    ofTrack: ([given, logSpread], wanted) =>
      logSpread + ((given - wanted) * Math.exp(-logSpread)) ** 2 / 2 + normalisation,
  },
};
