import * as tf from '@tensorflow/tfjs-core';
import type { Question } from '../attribution.ts';
import { answersOf, explainedOf } from '../network/forward.ts';

/** Per row the sum of a tensor over all other axes. */
export const rowSums = (x: tf.Tensor): tf.Tensor1D =>
  tf.sum(tf.reshape(x, [x.shape[0], -1]), 1) as tf.Tensor1D;

/** The answer that is explained at some inputs, per row, and its gradient by each of them. */
export function gradientAt(
  { graph, masks }: Pick<Question, 'graph' | 'masks'>,
  inputs: readonly tf.Tensor[],
): { output: tf.Tensor1D; gradients: tf.Tensor[] } {
  const answer = (...given: tf.Tensor[]) => explainedOf(answersOf(graph, given), masks);
  const rows = inputs[0].shape[0];
  const { value, grads } = tf.valueAndGrads(answer)([...inputs], tf.ones([rows]));
  return { output: value as tf.Tensor1D, gradients: grads };
}

/** What is left of the output where the inputs have taken their parts. */
export function remainder(output: tf.Tensor1D, parts: readonly tf.Tensor[]): tf.Tensor1D {
  return parts.reduce<tf.Tensor1D>((left, part) => tf.sub(left, rowSums(part)), output);
}
