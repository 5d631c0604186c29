import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { BankMember } from '../card.ts';
import { disposeNetwork } from '../dispose-network.ts';
import { ModelError } from '../errors.ts';
import { type Halves, halvesOf } from '../networks/bank-parts.ts';

/**
 * Networks of one shape, one or more for each of several lengths. There is one network on the backend, which takes the
 * weights of one after the other: two hundred would fill its memory.
 */
export interface NetworkBank {
  /** The network, with the weights of whichever was asked last. */
  readonly network: LayersModel;
  /** Weights in the order of `network.weights`, one after the other. */
  readonly members: readonly (BankMember & { readonly weights: Float32Array })[];
  /** Lengths that there are networks for, ascending. */
  readonly lengths: readonly number[];
  /**
   * Calls `use` with the network as each of those of one length, in the order of the folds; synchronously, so that nobody
   * else changes its weights in between.
   */
  ofLength<Result>(length: number, use: (halves: Halves) => Result): Result[];
  dispose(): void;
}

/**
 * A bank of a network and the weights of its members.
 *
 * Throws {@link ModelError} for weights of another number than the network has, and for a network without the layer
 * `features`.
 */
export function networkBank(network: LayersModel, members: NetworkBank['members']): NetworkBank {
  const shapes = network.weights.map(({ shape }) => shape as number[]);
  const sizes = shapes.map((shape) => shape.reduce((product, n) => product * n, 1));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  for (const { length, fold, weights } of members) {
    if (weights.length === total) continue;
    throw new ModelError(
      `network ${length}/${fold} of the bank has ${weights.length} weights: expected ${total}`,
    );
  }
  if (!network.layers.some(({ name }) => name === 'features')) {
    throw new ModelError(
      `network '${network.name}' has no layer 'features': expected one whose feature vectors can be averaged, wadnet`,
    );
  }
  const halves = halvesOf(network);
  const take = (weights: Float32Array) => {
    let from = 0;
    const tensors = shapes.map((shape, i) => {
      const tensor = tf.tensor(weights.subarray(from, from + sizes[i]), shape, 'float32');
      from += sizes[i];
      return tensor;
    });
    network.setWeights(tensors);
    tf.dispose(tensors);
  };
  return {
    network,
    members,
    lengths: [...new Set(members.map(({ length }) => length))].sort((a, b) => a - b),
    ofLength: (length, use) =>
      members
        .filter((member) => member.length === length)
        .sort((a, b) => a.fold - b.fold)
        .map(({ weights }) => {
          take(weights);
          return use(halves);
        }),
    dispose: () => disposeNetwork(network),
  };
}

/** The weights of a network as {@link NetworkBank} keeps them. */
export function flatWeights(network: LayersModel): Float32Array {
  const values = network.weights.map((weight) => weight.read().dataSync() as Float32Array);
  const flat = new Float32Array(values.reduce((sum, { length }) => sum + length, 0));
  let from = 0;
  for (const value of values) {
    flat.set(value, from);
    from += value.length;
  }
  return flat;
}
