import { checkOptions } from '@diffusion/tracks/messages';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { EvaluationError } from '../errors.ts';
import type { Attribution } from './attribution.ts';
import { type MethodOptions, methodOf } from './method.ts';
import { graphOfNetwork } from './network/graph.ts';

const KNOWN = {
  method: true,
  rule: true,
  denseRule: true,
  baseline: true,
  steps: true,
  samples: true,
  noise: true,
  seed: true,
} as const;

/**
 * What every number that a network is fed did for its answers, whatever the numbers are: pictures, rows of features, tracks as
 * an encoder writes them. `explainTracks` does the same for tracks and says which points the numbers are of.
 *
 * Called within `tf.tidy`. The softmax at the end of a network is left out: logits are explained.
 *
 * @param inputs as the network takes them, batch first.
 * @param masks for each answer of the network 1 where it is explained, 0 elsewhere, of its shape; undefined where nothing of it is.
 * @throws {@link EvaluationError} for options that make no sense, and for a layer that relevance propagation has no rule for.
 *
 * @example
 * const { inputs: [map] } = explainInputs(lipnet, [pictures], [tf.oneHot(classes, 3)], { method: 'lrp' });
 */
export function explainInputs(
  network: LayersModel,
  inputs: readonly Tensor[],
  masks: readonly (Tensor | undefined)[],
  options: MethodOptions,
): Attribution {
  checkOptions<MethodOptions>('explainInputs', options, KNOWN, EvaluationError);
  if (inputs.length !== network.inputs.length || masks.length !== network.outputs.length) {
    throw new EvaluationError(
      `inputs and masks are ${inputs.length} and ${masks.length}: expected ${network.inputs.length} and ${network.outputs.length}, as the network takes and gives`,
    );
  }
  const [rows] = inputs[0].shape;
  const everyPlace = (length: number) => Int32Array.from({ length }, (_, i) => i);
  const points = inputs.map(({ shape }) =>
    shape.length < 3
      ? undefined
      : Array.from({ length: rows }, () => everyPlace(shape[1] as number)),
  );
  const tracks = Array.from({ length: rows }, (_, row) => row);
  return methodOf(options)({ graph: graphOfNetwork(network), inputs, masks, tracks, points });
}
