import type { Output } from '@diffusion/models';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { bestOf, type Monitor } from './monitor.ts';
import type { EpochResult } from './training-state.ts';

/** The weights of a network after its best epoch. */
export interface BestWeights {
  /** Takes the weights as they are now, those that were validated, where the last epoch is the best. */
  update(history: readonly EpochResult[]): void;
  /** Gives the network the weights that are kept; leaves it as it is where no epoch had a number. */
  restore(): void;
  /** The weights; they stay this object's. */
  readonly tensors: readonly tf.Tensor[] | undefined;
  dispose(): void;
}

/**
 * Keeps the weights of the best epoch of a training.
 *
 * @param from those of a training that goes on.
 */
export function bestWeights(
  network: LayersModel,
  output: Output,
  monitor?: Monitor,
  from?: readonly tf.Tensor[],
): BestWeights {
  let kept = from?.map((tensor) => tensor.clone());
  return {
    get tensors() {
      return kept;
    },
    update(history) {
      if (bestOf(history, output, monitor) !== history.length - 1) return;
      tf.dispose(kept ?? []);
      kept = network.getWeights().map((weight) => weight.clone());
    },
    restore() {
      if (kept) network.setWeights(kept);
    },
    dispose: () => tf.dispose(kept ?? []),
  };
}
