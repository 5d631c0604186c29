import type { LayersModel } from '@tensorflow/tfjs-layers';
import { TrainError } from './errors.ts';
import type { TrainingState } from './training-state.ts';

/**
 * Throws {@link TrainError} for a state that is of another network than the one that is to go on: its weights, the moments
 * of its optimizer or its averages are others in number or shape.
 */
export function checkResume(network: LayersModel, state: TrainingState): void {
  const all = network.getWeights().map(({ shape }) => `[${shape}]`);
  const trained = network.trainableWeights.map(({ shape }) => `[${shape}]`);
  sameShapes('weights', state.weights, all);
  if (state.averages) sameShapes('averages', state.averages, trained);
  // The number of steps, then a first and a second moment of each weight that has had a gradient.
  const moments = state.optimizer.slice(1).map(({ tensor }) => `[${tensor.shape}]`);
  const known = new Set(trained);
  const fits = moments.length % 2 === 0 && moments.length <= 2 * trained.length;
  if (!fits || !moments.every((shape) => known.has(shape))) {
    throw new TrainError(
      `the state to go on from has ${moments.length} moments of its optimizer: expected two of each of ${trained.length} weights, of their shapes; it is of another network`,
    );
  }
}

function sameShapes(
  what: string,
  tensors: readonly { readonly shape: readonly number[] }[],
  expected: readonly string[],
): void {
  const fail = (found: string, wanted: string): never => {
    throw new TrainError(
      `the state to go on from has ${found}: expected ${wanted}; it is of another network`,
    );
  };
  if (tensors.length !== expected.length) fail(`${tensors.length} ${what}`, `${expected.length}`);
  tensors.forEach(({ shape }, i) => {
    if (`[${shape}]` === expected[i]) return;
    fail(`the shape [${shape}] for number ${i} of its ${what}`, expected[i]);
  });
}
