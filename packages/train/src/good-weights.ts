import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/** The weights of a network at the end of its last whole epoch. */
export interface GoodWeights {
  /** Takes the weights as they are now; false, and keeps those it has, where a number of them is not finite. */
  keep(): Promise<boolean>;
  /** Gives the network the weights that are kept. */
  restore(): void;
  dispose(): void;
}

/** Keeps a network's weights as they are, so that a training that diverges does not take them with it. */
export function goodWeights(network: LayersModel): GoodWeights {
  const copies = (): tf.Tensor[] => network.getWeights().map((weight) => weight.clone());
  let kept = copies();
  return {
    async keep() {
      const now = copies();
      const finite = await areFinite(now);
      tf.dispose(finite ? kept : now);
      if (finite) kept = now;
      return finite;
    },
    restore: () => network.setWeights(kept),
    dispose: () => tf.dispose(kept),
  };
}

async function areFinite(tensors: readonly tf.Tensor[]): Promise<boolean> {
  for (const tensor of tensors) {
    const numbers = (await tensor.data()) as Float32Array;
    if (!numbers.every((value) => Number.isFinite(value))) return false;
  }
  return true;
}
