import { add, clipByValue, div, mul, type Tensor, type Tensor3D } from '@tensorflow/tfjs-core';
import { type LayersModel, model } from '@tensorflow/tfjs-layers';

/** A network of the bank in two: up to its feature vector, and its last layer; they share its weights. */
export interface Halves {
  readonly features: LayersModel;
  readonly head: LayersModel['layers'][number];
}

/** A `wadnet` in its {@link Halves}. */
export function halvesOf(network: LayersModel): Halves {
  const outputs = network.getLayer('features').output;
  return {
    features: model({ inputs: network.inputs, outputs }),
    head: network.layers[network.layers.length - 1],
  };
}

/** Where the crops of a track begin: one at its beginning and one at its end, or the whole track. */
export const cropStarts = (points: number, length: number): readonly number[] =>
  points === length ? [0] : [0, points - length];

/**
 * What one network says of tracks: the output that follows from the mean feature vector of their crops. Called within
 * `tf.tidy`.
 *
 * @param crops each [batch, length, dim], standardised.
 */
export function answerOfCrops({ features, head }: Halves, crops: readonly Tensor3D[]): Tensor {
  return head.apply(meanOf(crops.map((crop) => features.predict(crop) as Tensor))) as Tensor;
}

/** The mean of several tensors, in their order. */
export function meanOf(values: readonly Tensor[]): Tensor {
  return div(
    values.reduce((sum, value) => add(sum, value)),
    values.length,
  );
}

/** What exponents the field has: from the first number to the second. */
export const EXPONENTS = [0.05, 2] as const;

/** Exponents times the correction, within {@link EXPONENTS}. */
export const correctedExponents = (exponents: Tensor, correction: number): Tensor =>
  clipByValue(mul(exponents, correction), ...EXPONENTS);
