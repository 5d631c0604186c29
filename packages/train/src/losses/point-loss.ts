import { pointPlaces } from '@diffusion/models/inference';
import * as tf from '@tensorflow/tfjs-core';
import type { PointTargets } from '../targets-of-points.ts';
import type { LossRecipe } from './loss-recipe.ts';

/**
 * Weights of the parts, unless told. Changes are rare and states often doubtful: with equal weights the slopes of α and ln K,
 * which grow as these become sharp, leave them unlearnt.
 */
const usual = { stateWeight: 4, changeWeight: 40, exponentWeight: 0.5, diffusionWeight: 0.25 };

/** Between these lies the logarithm of how far off an answer is: a lucky point is not made much of. */
const [narrowest, widest] = [-4, 3];

/** Weights of the parts of a loss of points. */
const weightsOf = ({
  stateWeight = usual.stateWeight,
  changeWeight = usual.changeWeight,
  exponentWeight = usual.exponentWeight,
  diffusionWeight = usual.diffusionWeight,
}: LossRecipe) => ({ stateWeight, changeWeight, exponentWeight, diffusionWeight });

/**
 * The loss of answers for every point, in the mean over all points: cross-entropy of the states and of a change, and of α and ln
 * K the negative log likelihood ln 2b + |e|/b of a Laplace law whose b the network answers beside, so that it answers medians.
 * Points without one have no part in it. Called within `tf.tidy`.
 *
 * @param given batch × points × outputs.
 */
export function pointLoss(
  given: tf.Tensor,
  { states, alphas, diffusions, changes }: PointTargets,
  classes: number,
  recipe: LossRecipe,
): tf.Scalar {
  const points = states.length;
  const weights = weightsOf(recipe);
  const rows = tf.reshape(given, [points, pointPlaces(classes).width]);
  const [logits, change, alpha, diffusion, alphaSpread, diffusionSpread] = tf.split(
    rows,
    [classes, 1, 1, 1, 1, 1],
    1,
  );
  const wanted = new Float32Array(points * classes);
  for (let k = 0; k < points; k++) wanted[k * classes + states[k]] = 1;
  const right = tf.tensor2d(wanted, [points, classes]);
  const ofStates = tf.neg(tf.sum(tf.mul(right, tf.logSoftmax(logits))));
  const happens = tf.tensor2d(changes, [points, 1]);
  // softplus(z) − y z, without an exponential that overflows
  const softplus = tf.add(tf.relu(change), tf.log(tf.add(1, tf.exp(tf.neg(tf.abs(change))))));
  const ofChanges = tf.sum(tf.sub(softplus, tf.mul(change, happens)));
  const ofAlpha = laplace(alpha, alphaSpread, alphas);
  const ofDiffusion = laplace(diffusion, diffusionSpread, diffusions);
  const parts = [
    tf.mul(ofStates, weights.stateWeight),
    tf.mul(ofChanges, weights.changeWeight),
    tf.mul(ofAlpha, weights.exponentWeight),
    tf.mul(ofDiffusion, weights.diffusionWeight),
  ];
  return tf.div(tf.addN(parts), points);
}

/** Σ ln 2b + |e|/b over the points that have a value. */
function laplace(given: tf.Tensor, logSpread: tf.Tensor, values: Float32Array): tf.Tensor {
  const shape: [number, number] = [values.length, 1];
  const known = tf.tensor2d(
    values.map((value) => (Number.isNaN(value) ? 0 : 1)),
    shape,
  );
  const wanted = tf.tensor2d(
    values.map((value) => (Number.isNaN(value) ? 0 : value)),
    shape,
  );
  const spread = tf.clipByValue(logSpread, narrowest, widest);
  const off = tf.mul(tf.abs(tf.sub(given, wanted)), tf.exp(tf.neg(spread)));
  return tf.sum(tf.mul(known, tf.add(tf.add(spread, Math.LN2), off)));
}

/** The same as a number, of answers that are there. */
export function pointLossOf(
  answers: Float32Array,
  { states, alphas, diffusions, changes }: PointTargets,
  classes: number,
  recipe: LossRecipe,
): number {
  const weights = weightsOf(recipe);
  const place = pointPlaces(classes);
  const { width } = place;
  let sum = 0;
  for (let k = 0; k < states.length; k++) {
    const row = answers.subarray(k * width, (k + 1) * width);
    const logits = row.subarray(0, classes);
    const most = Math.max(...logits);
    const total = logits.reduce((all, logit) => all + Math.exp(logit - most), 0);
    sum += weights.stateWeight * (most + Math.log(total) - logits[states[k]]);
    const z = row[place.change];
    const softplus = Math.max(0, z) + Math.log1p(Math.exp(-Math.abs(z)));
    sum += weights.changeWeight * (softplus - z * changes[k]);
    const off = (at: number, spreadAt: number, value: number) => {
      if (Number.isNaN(value)) return 0;
      const spread = Math.min(widest, Math.max(narrowest, row[spreadAt]));
      return spread + Math.LN2 + Math.abs(row[at] - value) * Math.exp(-spread);
    };
    sum += weights.exponentWeight * off(place.alpha, place.alphaSpread, alphas[k]);
    sum += weights.diffusionWeight * off(place.diffusion, place.diffusionSpread, diffusions[k]);
  }
  return sum / states.length;
}

/** Share of the points whose state is right, and the mean absolute error of α where there is one. */
export function pointScores(
  answers: Float32Array,
  { states, alphas }: PointTargets,
  classes: number,
): { score: number; mae?: number } {
  const { alpha, width } = pointPlaces(classes);
  let [right, sum, known] = [0, 0, 0];
  for (let k = 0; k < states.length; k++) {
    const row = answers.subarray(k * width, (k + 1) * width);
    const logits = row.subarray(0, classes);
    if (logits.every((logit) => logit <= logits[states[k]])) right++;
    if (Number.isNaN(alphas[k])) continue;
    sum += Math.abs(row[alpha] - alphas[k]);
    known++;
  }
  return { score: right / states.length, mae: sum / Math.max(1, known) };
}
