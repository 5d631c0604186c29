import type { Output } from '@diffusion/models';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { TrainError } from './errors.ts';
import { bestOf } from './monitor.ts';
import type { TrainingRecipe } from './recipe.ts';
import { keepsBest } from './stopping.ts';
import type { TrainingState } from './training-state.ts';

/** The moments that an optimizer keeps of each weight, as they are called in its state. */
const momentsOf = {
  adam: ['m', 'v'],
  adamw: ['m', 'v'],
  sgd: ['momentum'],
} as const;

/**
 * Throws {@link TrainError} for a state that is of another network or recipe than the one that is to go on: its weights, the
 * moments of its optimizer, its averages or its best weights are others in kind, number or shape.
 */
export function checkResume(
  network: LayersModel,
  state: TrainingState,
  output: Output,
  { optimizer: { name = 'adam' } = {}, stopping }: TrainingRecipe,
): void {
  const all = network.getWeights().map(({ shape }) => `[${shape}]`);
  const trained = network.trainableWeights.map(({ shape }) => `[${shape}]`);
  sameShapes('weights', state.weights, all);
  if (state.averages) sameShapes('averages', state.averages, trained);
  if (state.best) sameShapes('best weights', state.best, all);
  if (keepsBest(stopping) && !state.best && bestOf(state.history, output, stopping?.monitor) >= 0) {
    throw new TrainError(
      'the state to go on from has no best weights: expected those that recipe.stopping keeps; it is of another recipe',
    );
  }
  // The number of steps, then the moments of each weight that has had a gradient.
  const tags = momentsOf[name];
  const moments = state.optimizer.slice(1);
  const known = new Set(trained);
  const fits =
    moments.length % tags.length === 0 &&
    moments.length <= tags.length * trained.length &&
    moments.every(({ name, tensor }) => {
      return tags.some((tag) => name.endsWith(`/${tag}`)) && known.has(`[${tensor.shape}]`);
    });
  if (!fits) {
    throw new TrainError(
      `the state to go on from has ${moments.length} moments of its optimizer: expected ${tags.length} of each of ${trained.length} weights, of their shapes; it is of another network or optimizer`,
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
