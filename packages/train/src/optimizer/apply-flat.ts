import { tensorsOf } from '@diffusion/backends/parallel';
import * as tf from '@tensorflow/tfjs-core';

/** One step of an optimizer with gradients that lie one after the other. */
export function applyFlat(
  optimizer: tf.Optimizer,
  variables: readonly tf.Variable[],
  gradients: Float32Array,
): void {
  const tensors = tensorsOf(variables, gradients);
  optimizer.applyGradients(variables.map(({ name }, i) => ({ name, tensor: tensors[i] })));
  tf.dispose(tensors);
}
