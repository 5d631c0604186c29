import type { Augmentation } from './augment/augment.ts';
import { TrainError } from './errors.ts';
import type { TrackSource } from './source.ts';

/** Everything that decides the weights after training, given the network's first weights and the tracks. */
export interface Recipe {
  readonly epochs: number;
  readonly batchSize: number;
  /** Peak of the one-cycle schedule. */
  readonly learningRate: number;
  /** Probability taken from the right class and spread over all; classes only. */
  readonly labelSmoothing: number;
  readonly seed: number;
  readonly augmentation: Augmentation;
  /**
   * Parts into which every batch is cut, 1 if left out; as many workers can share a step. Each part has batch-norm
   * statistics of its own, so the weights depend on this number, and never on the number of workers.
   */
  readonly shards?: number;
}

/** Throws {@link TrainError} that names what is wrong with a recipe. */
export function checkRecipe(
  { epochs, batchSize, learningRate, labelSmoothing, seed, shards = 1 }: Recipe,
  source: TrackSource,
): void {
  const whole = (name: string, value: number, least: number) => {
    if (!(Number.isSafeInteger(value) && value >= least)) {
      throw new TrainError(`${name} is ${value}: expected an integer of at least ${least}`);
    }
  };
  whole('epochs', epochs, 1);
  whole('batchSize', batchSize, 1);
  whole('seed', seed, 0);
  whole('shards', shards, 1);
  if (shards > batchSize)
    throw new TrainError(`shards is ${shards}: expected at most batchSize, ${batchSize}`);
  if (!(learningRate > 0))
    throw new TrainError(`learningRate is ${learningRate}: expected a positive number`);
  if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
    throw new TrainError(`labelSmoothing is ${labelSmoothing}: expected 0 ≤ labelSmoothing < 1`);
  }
  if (source.perEpoch < 1) throw new TrainError('there are no tracks to train on');
}
