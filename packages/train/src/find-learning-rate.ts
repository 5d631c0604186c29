import { checkOptions } from '@diffusion/tracks/messages';
import { nextTurn } from '@diffusion/workers';
import { batchEdges } from './batch-edges.ts';
import { checkNumber } from './check-number.ts';
import { checkWhole } from './check-whole.ts';
import { TrainError } from './errors.ts';
import { makeOptimizer, setLearningRate } from './optimizer/make-optimizer.ts';
import { prepared, stepperOf, type Training } from './prepared.ts';
import { steepest } from './steepest.ts';
import type { Stepper } from './stepper.ts';

/** What {@link findLearningRate} is told: a training, whose epochs and learning rate take no part, and the rates to try. */
export interface FindLearningRateOptions extends Omit<Training, 'dataWorkers'> {
  /** The lowest and the highest rate; 10⁻⁷ and 10 if left out. */
  readonly from?: number;
  readonly to?: number;
  /** Batches, each with a rate of its own; 100 if left out. */
  readonly steps?: number;
  /** Share of the mean of before in the smoothed loss; 0.9 if left out. */
  readonly smoothing?: number;
  /** Told after each batch, from 1. */
  readonly onStep?: (step: number, steps: number) => void;
  /** Ends the search between two batches, which then throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What rates do to the loss. */
export interface LearningRates {
  /** Rates, each a constant factor above the one before, as far as the loss allowed. */
  readonly rates: readonly number[];
  /** Loss after the steps until then, smoothed: a running mean, corrected for its beginning. */
  readonly losses: readonly number[];
  /** Loss of each batch. */
  readonly batchLosses: readonly number[];
  /** The rate at which the smoothed loss falls fastest; none where it does not fall. */
  readonly suggestion: number | undefined;
}

/** How much worse than the best smoothed loss ends the search. */
const tooMuch = 4;

/**
 * Tries learning rates on a network, from low to high, one batch each, and notes the loss (the range test of Smith, *Cyclical
 * Learning Rates*, WACV 2017, arXiv:1506.01186): it stays while rates are too low, falls, and rises where they are too high. The
 * search ends there, at 4 times the best loss. The network is afterwards as it was before. The optimizer, loss, augmentation and
 * batch size of the recipe take part, its schedule does not. `learningRatePlot` of `@diffusion/eval` draws the result.
 *
 * Throws {@link TrainError} as `train` does, for rates that do not rise and for a first loss that is no number.
 *
 * @example
 * const found = await findLearningRate({ network, encoder, output, source, recipe });
 * const history = await train({ network, encoder, output, source, recipe: { ...recipe, learningRate: found.suggestion } });
 */
export async function findLearningRate(options: FindLearningRateOptions): Promise<LearningRates> {
  checkOptions<FindLearningRateOptions>('findLearningRate', options, KNOWN, TrainError);
  const { from = 1e-7, to = 10, steps = 100, smoothing = 0.9, onStep, signal } = options;
  checkNumber('from', from, (rate) => rate > 0, 'a positive number');
  checkNumber('to', to, (rate) => rate > from, `a number above from, ${from}`);
  checkWhole('steps', steps, 2);
  checkNumber('smoothing', smoothing, (share) => share >= 0 && share < 1, '0 ≤ smoothing < 1');
  const training = await prepared(options);
  const { network, source, recipe } = training;
  const edgesOf = batchEdges(source, recipe.batchSize);
  const batches = edgesOf(0).length - 1;
  const before = network.getWeights().map((weight) => weight.clone());
  const optimizer = makeOptimizer(recipe.optimizer, from);
  const rates: number[] = [];
  const losses: number[] = [];
  const batchLosses: number[] = [];
  let mean = 0;
  let stepper: Stepper | undefined;
  try {
    stepper = await stepperOf(training);
    for (let step = 0; step < steps; step++) {
      signal?.throwIfAborted();
      const epoch = Math.floor(step / batches);
      const edges = edgesOf(epoch);
      const rate = from * (to / from) ** (step / (steps - 1));
      setLearningRate(optimizer, rate);
      const batch = step % batches;
      const place = { epoch, step, from: edges[batch], to: edges[batch + 1] };
      const { loss } = await stepper.step(place, optimizer);
      if (!Number.isFinite(loss)) break;
      mean = smoothing * mean + (1 - smoothing) * loss;
      const smoothed = mean / (1 - smoothing ** (step + 1));
      const best = losses.reduce((least, value) => Math.min(least, value), smoothed);
      // Of what is positive; a log likelihood may be less.
      if (step > 0 && smoothed > tooMuch * Math.abs(best)) break;
      rates.push(rate);
      losses.push(smoothed);
      batchLosses.push(loss);
      onStep?.(step + 1, steps);
      // A turn of the event loop, so that a signal is heard and a page stays alive.
      await nextTurn();
    }
  } finally {
    network.setWeights(before);
    for (const tensor of before) tensor.dispose();
    optimizer.dispose();
    await stepper?.close();
  }
  if (rates.length === 0) {
    throw new TrainError(
      `the loss of the first batch is no finite number: expected one at the rate from, ${from}`,
    );
  }
  const place = steepest(losses);
  return {
    rates,
    losses,
    batchLosses,
    suggestion: place === undefined ? undefined : rates[place],
  };
}

const KNOWN = {
  network: true,
  encoder: true,
  output: true,
  source: true,
  validation: true,
  recipe: true,
  workers: true,
  from: true,
  to: true,
  steps: true,
  smoothing: true,
  onStep: true,
  signal: true,
} as const;
