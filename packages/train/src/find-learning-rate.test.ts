import { useBackend } from '@diffusion/backends';
import { encoder, networkByName } from '@diffusion/models';
import { gajowczyk2021 } from '@diffusion/simulate';
// Workers load built files.
import {
  type FindLearningRateOptions,
  findLearningRate,
  freshTracks,
  type LearningRates,
  train,
} from '@diffusion/train';
import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { steepest } from './steepest.ts';

const output = { kind: 'classes', classes: ['ND', 'DM', 'CD', 'FBM'] } as const;
const options = {
  encoder: encoder({ kind: 'motion', dim: 2, length: 600 }),
  output,
  source: freshTracks(gajowczyk2021({ count: 96, seed: 1 }), 48),
  recipe: { epochs: 1, batchSize: 16, learningRate: 1, seed: 1, optimizer: { name: 'sgd' } },
} as const;
const build = () =>
  sequential({
    layers: [
      layers.globalAveragePooling1d({ inputShape: [600, 6] }),
      layers.batchNormalization({}),
      layers.dense({ units: 4, activation: 'softmax', kernelInitializer: 'zeros' }),
    ],
  });
const weightsOf = (network: LayersModel) =>
  network.getWeights().map((weight) => [...weight.dataSync()]);

async function found(
  change: Partial<FindLearningRateOptions> = {},
): Promise<LearningRates & { weights: number[][] }> {
  const network = build();
  const rates = await findLearningRate({ ...options, network, ...change });
  const weights = weightsOf(network);
  network.dispose();
  return { ...rates, weights };
}

beforeAll(() => useBackend('wasm'));

describe('findLearningRate', () => {
  it('raises the rate by one factor a batch until the loss is four times its best', async () => {
    const { rates, losses, batchLosses, suggestion } = await found({
      to: 1e6,
      from: 1e-4,
      steps: 60,
    });
    expect(rates.length).toBeLessThan(60);
    const factor = 1e10 ** (1 / 59);
    for (const [i, rate] of rates.entries()) expect(rate / (1e-4 * factor ** i)).toBeCloseTo(1, 10);
    // Σ βʲ lᵢ₋ⱼ / Σ βʲ, by hand.
    for (const [i, loss] of losses.entries()) {
      const weights = batchLosses.slice(0, i + 1).map((_, j) => 0.9 ** (i - j));
      const sum = weights.reduce((total, weight) => total + weight, 0);
      const mean = weights.reduce((total, weight, j) => total + weight * batchLosses[j], 0) / sum;
      expect(loss).toBeCloseTo(mean, 10);
    }
    expect(Math.max(...losses)).toBeLessThanOrEqual(4 * Math.min(...losses));
    // With the weights at zero every class has a quarter.
    expect(batchLosses[0]).toBeCloseTo(Math.log(4), 4);
    expect(rates).toContain(suggestion);
  });

  it('suggests a rate with which a network learns, and leaves it as it was', async () => {
    const xresnet = () =>
      networkByName('xresnet').build({
        channels: 6,
        features: 1,
        filters: 8,
        depth: 1,
        classes: 4,
        length: 600,
        seed: 2,
      });
    const network = xresnet();
    const first = weightsOf(network);
    const { optimizer: _, ...recipe } = { ...options.recipe, epochs: 4 };
    const { suggestion } = await findLearningRate({ ...options, recipe, network, steps: 60 });
    expect(weightsOf(network)).toEqual(first);
    network.dispose();
    const after = async (learningRate: number) => {
      const fresh = xresnet();
      const constant = { ...recipe, learningRate, schedule: { name: 'constant' } } as const;
      const history = await train({ ...options, network: fresh, recipe: constant });
      fresh.dispose();
      return history[3].loss;
    };
    const loss = await after(suggestion!);
    expect(loss).toBeLessThan(0.95 * (await after(suggestion! / 100)));
    expect(loss).toBeLessThan(1.35);
  });

  it('is the same for any number of workers, and leaves no tensors', async () => {
    const recipe = { ...options.recipe, shards: 2 };
    const alone = await found({ recipe, steps: 12 });
    const before = tf.memory().numTensors;
    expect(await found({ recipe, steps: 12, workers: 2 })).toEqual(alone);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('ends when it is told to', async () => {
    const controller = new AbortController();
    const network = build();
    const first = weightsOf(network);
    const onStep = (step: number) => step === 3 && controller.abort(new Error('enough'));
    const { signal } = controller;
    await expect(
      findLearningRate({ ...options, network, from: 0.1, onStep, signal }),
    ).rejects.toThrow('enough');
    expect(weightsOf(network)).toEqual(first);
    network.dispose();
  });

  it.each<[object, string]>([
    [{ from: 0 }, 'from is 0: expected a positive number'],
    [{ from: 1, to: 1 }, 'to is 1: expected a number above from, 1'],
    [{ steps: 1 }, 'steps is 1: expected an integer of at least 2'],
    [{ smoothing: 1 }, 'smoothing is 1: expected 0 ≤ smoothing < 1'],
    [{ step: 5 }, 'step is 5: unknown option; did you mean steps?'],
    [{ recipe: { ...options.recipe, loss: { classes: 'hinge' } } }, 'loss.classes is "hinge"'],
  ])('refuses %j', async (change, message) => {
    await expect(found(change)).rejects.toThrow(message);
  });
});

describe('steepest', () => {
  it('finds where a sigmoid of the logarithm of the rate falls fastest', () => {
    const curve = Array.from({ length: 101 }, (_, i) => 1 / (1 + Math.exp((i - 37) / 5)));
    expect(steepest([...curve, 3])).toBe(37);
  });

  it('does not look beyond the lowest point, nor where nothing falls', () => {
    expect(steepest([3, 2.8, 2, 9, 1, 20])).toBe(1);
    expect(steepest([3, 2.8, 2, 9, 5])).toBe(1);
    expect(steepest([1, 2, 3])).toBeUndefined();
    expect(steepest([1])).toBeUndefined();
  });

  it('is not led astray by noise, nor by the first values of a running mean', () => {
    const curve = Array.from({ length: 100 }, (_, i) => {
      const noise = 0.02 * Math.sin(37 * i * i) + (i < 3 ? 1 - i / 3 : 0);
      return 1 / (1 + Math.exp((i - 60) / 6)) + noise;
    });
    expect(Math.abs(steepest([...curve, 3])! - 60)).toBeLessThanOrEqual(4);
  });
});
