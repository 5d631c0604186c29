import type { LayersModel } from '@tensorflow/tfjs-layers';
import { TrainError } from '../errors.ts';

/**
 * Gives a network the weights of another of the same architecture, moving averages included; the other keeps its own.
 *
 * Throws {@link TrainError} where their number or a shape differs.
 */
export function takeWeights(network: LayersModel, from: LayersModel): void {
  const weights = from.getWeights();
  const shapes = network.getWeights().map(({ shape }) => `[${shape}]`);
  const found = weights.map(({ shape }) => `[${shape}]`);
  const other = shapes.findIndex((shape, i) => shape !== found[i]);
  if (found.length !== shapes.length || other >= 0) {
    const what =
      found.length === shapes.length
        ? `the shape ${found[other]} for number ${other} of its weights: expected ${shapes[other]}`
        : `${found.length} weights: expected ${shapes.length}`;
    throw new TrainError(
      `the model to begin with has ${what}, as its network is of another length`,
    );
  }
  network.setWeights(weights);
}
