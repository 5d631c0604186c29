import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { EvaluationError } from '../../errors.ts';

/** What a layer gives out for one input. */
export interface LayerActivations {
  readonly layer: string;
  /** Without the batch: time × maps, height × width × maps, or maps. */
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/**
 * What layers of a network give out for one input, in inference mode.
 *
 * Throws {@link EvaluationError} for a layer that the network does not have.
 *
 * @param inputs one tensor per input of the network, with a batch of 1.
 * @param names layers, in the order of the answer.
 *
 * @example
 * const [{ shape }] = layerActivations(network, [picture], ['block1.conv1']);
 */
export function layerActivations(
  network: LayersModel,
  inputs: readonly tf.Tensor[],
  names: readonly string[],
): LayerActivations[] {
  const outputs = names.map((name) => {
    const found = network.layers.find((layer) => layer.name === name);
    if (found) return found.output as SymbolicTensor;
    const known = network.layers.map((layer) => layer.name).join(', ');
    throw new EvaluationError(`layer '${name}' is not there: expected one of ${known}`);
  });
  const part = model({ inputs: network.inputs, outputs });
  return tf.tidy(() => {
    const answers = part.predict(inputs.length === 1 ? inputs[0] : [...inputs]);
    return (Array.isArray(answers) ? answers : [answers]).map((answer, k) => ({
      layer: names[k],
      shape: answer.shape.slice(1),
      values: Float32Array.from(answer.dataSync()),
    }));
  });
}
