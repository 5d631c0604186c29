import { flatten } from '@diffusion/backends/parallel';
import { getBackend, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/** The weights of a network by the names under which they are saved: the same in every copy of it. */
export interface WeightNames {
  readonly trainable: readonly string[];
  /** Those that training does not derive by: moving averages of batch normalisation, constants, frozen layers. */
  readonly others: readonly string[];
}

export const weightNames = (network: LayersModel): WeightNames => ({
  trainable: network.trainableWeights.map(({ originalName }) => originalName),
  others: network.nonTrainableWeights.map(({ originalName }) => originalName),
});

/** The variables of those names, in that order. */
export function variablesOf(network: LayersModel, names: readonly string[]): Variable[] {
  const all = new Map(network.weights.map((weight) => [weight.originalName, weight.read()]));
  return names.map((name) => all.get(name) as Variable);
}

/** Copies tensors to one array, one after the other, on any backend; on wasm without a copy on the way. */
export async function readWeights(tensors: readonly Tensor[], out: Float32Array): Promise<void> {
  if (getBackend() === 'wasm') {
    flatten(tensors, out);
    return;
  }
  let at = 0;
  for (const tensor of tensors) {
    out.set((await tensor.data()) as Float32Array, at);
    at += tensor.size;
  }
}
