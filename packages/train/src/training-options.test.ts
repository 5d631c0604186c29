import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useBackend } from '@diffusion/backends';
import { encoder } from '@diffusion/models';
import { gajowczyk2021 } from '@diffusion/simulate';
import { selectTracks, type TextColumn, Tracks } from '@diffusion/tracks';
// Workers load built files.
import {
  disposeState,
  type EpochResult,
  fit,
  freshTracks,
  keptEpoch,
  repeatedTracks,
  type TrainingRecipe,
  type TrainOptions,
  train,
  validate,
} from '@diffusion/train';
import { loadCheckpoint, saveCheckpoint } from '@diffusion/train/node';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';

const classes = ['ND', 'DM', 'CD', 'FBM'];
const output = { kind: 'classes', classes } as const;
const encode = encoder({ kind: 'motion', dim: 2, length: 600 });
const source = freshTracks(gajowczyk2021({ count: 68, seed: 1 }), 34);
const validation = gajowczyk2021({ count: 24, seed: 2 }).generate();
const plain: TrainingRecipe = { epochs: 2, batchSize: 16, learningRate: 0.05, seed: 4 };

/** Learns fast, and has moving averages. */
const build = () =>
  sequential({
    layers: [
      layers.globalAveragePooling1d({ inputShape: [600, 6] }),
      layers.batchNormalization({}),
      layers.dense({
        units: 4,
        activation: 'softmax',
        kernelInitializer: 'zeros',
      }),
    ],
  });
const weightsOf = (network: ReturnType<typeof build>) =>
  network.getWeights().map((weight) => [...weight.dataSync()]);

async function trained(recipe: Partial<TrainingRecipe>, change: Partial<TrainOptions> = {}) {
  const network = build();
  const history = await train({
    network,
    encoder: encode,
    output,
    source,
    recipe: { ...plain, ...recipe },
    ...change,
  });
  const weights = weightsOf(network);
  network.dispose();
  return { history, weights };
}

beforeAll(() => useBackend('wasm'));

const options: readonly [string, Partial<TrainingRecipe>][] = [
  [
    'MSE, SGD and a constant rate',
    { loss: { classes: 'mse' }, optimizer: { name: 'sgd' }, schedule: { name: 'constant' } },
  ],
  ['a bounded norm', { optimizer: { clipNorm: 0.1 } }],
  ['focal loss on the worst half', { loss: { classes: 'focal' }, selection: { kind: 'worst' } }],
  ['80 % of the loss', { selection: { kind: 'loss-share', share: 0.8 } }],
  [
    'class weights and Nesterov',
    {
      loss: { classWeights: { ND: 3 } },
      optimizer: { name: 'sgd', nesterov: true, weightDecay: 0.01, clipNorm: 1 },
    },
  ],
];

describe.each(options)('training with %s', (_, recipe) => {
  it('gives the same bits on any number of workers, others than without, and leaves no tensors', async () => {
    const whole = await trained(recipe);
    const before = tf.memory().numTensors;
    expect(await trained({ ...recipe, shards: 1 }, { workers: 1 })).toEqual(whole);
    const alone = await trained({ ...recipe, shards: 3 });
    expect(await trained({ ...recipe, shards: 3 }, { workers: 2 })).toEqual(alone);
    expect(tf.memory().numTensors).toBe(before);
    expect(alone.weights.flat().every(Number.isFinite)).toBe(true);
    expect(whole.weights).not.toEqual((await trained({})).weights);
  });
});

it('weighs the shards of a batch by the weights of their tracks', async () => {
  // Without batch normalisation, a batch in shards is the whole batch.
  const run = async (shards: number) => {
    const network = sequential({
      layers: [
        layers.globalAveragePooling1d({ inputShape: [600, 6] }),
        layers.dense({ units: 4, activation: 'softmax', kernelInitializer: 'zeros' }),
      ],
    });
    const loss = { classWeights: { ND: 5, CD: 0.1 } };
    const optimizer = { name: 'sgd' } as const;
    const recipe = { ...plain, loss, optimizer, shards };
    const history = await train({ network, encoder: encode, output, source, recipe });
    const weights = weightsOf(network).flat();
    network.dispose();
    return { loss: history[1].loss, weights };
  };
  const [whole, parts] = [await run(1), await run(4)];
  expect(parts.loss).toBeCloseTo(whole.loss, 5);
  for (const [i, weight] of whole.weights.entries())
    expect(parts.weights[i]).toBeCloseTo(weight, 5);
});

describe('stopping and plateaus', () => {
  /** So fast that validation soon gets worse. */
  const wild: Partial<TrainingRecipe> = {
    epochs: 12,
    learningRate: 2,
    averaging: 0.5,
    optimizer: { name: 'sgd' },
    schedule: { name: 'plateau', patience: 1, stopAfter: 3 },
    stopping: { patience: 4 },
  };

  it('end early, with the weights of the best epoch as they were validated', async () => {
    const network = build();
    const states: number[][][] = [];
    const history = await train({
      network,
      encoder: encode,
      output,
      source,
      validation,
      recipe: { ...plain, ...wild },
      onEpoch: async (_result, state) => {
        const now = await state();
        states.push(now.best!.map((tensor) => [...tensor.dataSync()]));
        disposeState(now);
      },
    });
    expect(history.length).toBeLessThan(12);
    const kept = keptEpoch(wild, history, output);
    expect(kept.epoch).toBeLessThan(history.length);
    expect(kept.validationLoss).toBe(Math.min(...history.map((each) => each.validationLoss!)));
    expect(weightsOf(network)).toEqual(states[kept.epoch - 1]);
    const { loss } = await validate(network, encode, output, validation);
    expect(loss).toBe(kept.validationLoss);
    network.dispose();
  });

  it('tell each batch’s rate', async () => {
    const seen: number[] = [];
    const onBatch = ({ learningRate }: { learningRate: number }) => void seen.push(learningRate);
    const { history } = await trained(wild, { validation, onBatch });
    expect(seen).toHaveLength(3 * history.length);
    const divisors = new Set(seen.map((rate) => Math.round(2 / rate)));
    expect([...divisors]).toEqual([1, 5, 25].slice(0, divisors.size));
    expect(divisors.size).toBeGreaterThan(1);
  });

  it('go on from a checkpoint as if never stopped, and not beyond their end', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'options-'));
    const paths: string[] = [];
    const whole = await trained(wild, {
      validation,
      onEpoch: async ({ epoch }, state) => {
        paths.push(join(folder, `${epoch}.bin`));
        const now = await state();
        await saveCheckpoint(paths[paths.length - 1], now, {});
        disposeState(now);
      },
    });
    const before = tf.memory().numTensors;
    for (const path of [paths[1], paths[paths.length - 1]]) {
      const { state } = await loadCheckpoint(path);
      expect(await trained(wild, { validation, resume: state })).toEqual(whole);
      disposeState(state);
    }
    expect(tf.memory().numTensors).toBe(before);
    await rm(folder, { recursive: true });
  });
});

it('keeps the last good weights of a loss that is no number, whatever the options', async () => {
  const ends: number[][][] = [];
  const network = build();
  const before = tf.memory().numTensors;
  const failed = train({
    network,
    output,
    encoder: {
      ...encode,
      encode: (tracks, rows) => {
        const encoded = encode.encode(tracks, rows);
        const [track] = tracks.trackColumns.track as Float64Array;
        if (track === 34 + 16 && tracks.count > 2) encoded.inputs[0] = Number.NaN;
        return encoded;
      },
    },
    source,
    validation,
    recipe: {
      ...plain,
      averaging: 0.9,
      loss: { classes: 'focal', classWeights: { ND: 2 } },
      selection: { kind: 'worst' },
      optimizer: { name: 'sgd', clipNorm: 1 },
      stopping: {},
    },
    onEpoch: () => {
      ends.push(weightsOf(network));
    },
  });
  await expect(failed).rejects.toThrow('loss is NaN in epoch 2, batch 2: expected a finite number');
  expect(weightsOf(network)).toEqual(ends[0]);
  expect(ends).toHaveLength(1);
  expect(tf.memory().numTensors).toBe(before);
  network.dispose();
});

describe('classes of different sizes', () => {
  const all = gajowczyk2021({ count: 40, seed: 3 }).generate();
  const { label } = all.trackColumns as { label: TextColumn };
  const keep = Array.from(label.codes, (code, i) => (code === 0 || i % 4 === 0 ? i : -1));
  const uneven = selectTracks(
    all,
    keep.filter((i) => i >= 0),
  );
  const counts = classes.map((name) => {
    const { codes, dictionary } = uneven.trackColumns.label as TextColumn;
    return codes.filter((code) => dictionary[code] === name).length;
  });
  const source = repeatedTracks(uneven, 1);

  it('are made the same by taking tracks more often or less often', async () => {
    const tracksWith = async (balance?: TrainingRecipe['balance']) => {
      let last = 0;
      const onBatch = ({ batches }: { batches: number }) => {
        last = batches;
      };
      await trained({ balance, batchSize: 1, epochs: 1 }, { source, onBatch });
      return last;
    };
    expect(new Set(counts).size).toBeGreaterThan(1);
    expect(await tracksWith()).toBe(uneven.count);
    expect(await tracksWith({ kind: 'oversample' })).toBe(4 * Math.max(...counts));
    expect(await tracksWith({ kind: 'undersample' })).toBe(4 * Math.min(...counts));
  });

  it('are made the same by weights, which are those that can be given', async () => {
    const classWeights = Object.fromEntries(
      classes.map((name, k) => [name, uneven.count / (4 * counts[k])]),
    );
    expect(await trained({ balance: { kind: 'class-weights' } }, { source })).toEqual(
      await trained({ loss: { classWeights } }, { source }),
    );
  });

  it('stand in the card as the recipe has them', async () => {
    const balance = { kind: 'class-weights' } as const;
    const { model } = await fit({
      network: { name: 'xresnet', options: { filters: 8, depth: 1 } },
      output,
      encoder: { kind: 'motion', dim: 2, length: 600 },
      source,
      recipe: { ...plain, epochs: 1, balance },
      data: {},
    });
    expect(model.card.recipe).toMatchObject({ balance });
    expect(model.card.recipe).not.toHaveProperty('loss');
    model.dispose();
  });
});

describe('a loss that predicts its own spread', () => {
  // Exponents that the tracks tell nothing of: what is left to learn is their mean and deviation.
  const count = 160;
  const wanted = Float64Array.from({ length: count }, (_, i) => 1.2 + 0.3 * Math.cos(2.4 * i));
  const tracks = new Tracks({
    positions: Float64Array.from({ length: count * 20 }, (_, i) => Math.sin(i % 20) + (i % 20)),
    offsets: Uint32Array.from({ length: count + 1 }, (_, i) => 20 * i),
    dim: 1,
    trackColumns: { alpha: wanted },
  });

  it('finds the deviation of what it cannot know, and says it with every prediction', async () => {
    const { model, history } = await fit({
      network: { name: 'multiscale', options: { widths: [4], units: 4, dropout: 0 } },
      output: { kind: 'exponent' },
      encoder: { kind: 'multiscale', dim: 1, length: null },
      source: repeatedTracks(tracks, 1),
      validation: tracks,
      recipe: {
        epochs: 40,
        batchSize: 40,
        learningRate: 0.05,
        seed: 1,
        loss: { exponent: 'gaussian' },
      },
      data: {},
    });
    expect(model.card.output).toEqual({ kind: 'exponent', spread: true });
    const { values, spreads } = await model.predict(tracks);
    const deviation = 0.3 / Math.sqrt(2);
    expect(values![0]).toBeCloseTo(1.2, 1);
    expect(Math.abs(spreads![0] / deviation - 1)).toBeLessThan(0.1);
    // The entropy of the law of that deviation is the least that the loss can be.
    const { validationLoss } = history[history.length - 1] as Required<EpochResult>;
    expect(validationLoss).toBeCloseTo(Math.log(deviation) + 0.5 + Math.log(2 * Math.PI) / 2, 1);
    model.dispose();
  });
});

describe('what does not go together is refused before the first batch', () => {
  it.each<[object, string]>([
    [
      { loss: { exponent: 'mse' } },
      'loss.exponent is "mse": expected it only with an output of exponents',
    ],
    [
      { loss: { exponentWeight: 2 } },
      'loss.exponentWeight is 2: expected it only with an output of both',
    ],
    [
      { loss: { classes: 'hinge' } },
      'loss.classes is "hinge": expected cross-entropy, mse or focal',
    ],
    [{ loss: { gamma: 1 } }, "loss.gamma is 1: expected it only with classes: 'focal'"],
    [
      { loss: { classWeights: { XX: 1 } } },
      'loss.classWeights.XX is 1: expected a positive number for each of ND, DM, CD, FBM',
    ],
    [
      { loss: { classWeights: { ND: 0 } } },
      'loss.classWeights.ND is 0: expected a positive number',
    ],
    [{ loss: { classWeights: [1, 2] } }, 'loss.classWeights is [1, 2]: expected a positive number'],
    [{ loss: { smoothing: 0.1 } }, 'smoothing is 0.1: unknown option'],
    [{ stopping: {} }, 'expected validation tracks to go by'],
    [{ schedule: 'cosine' }, 'options is "cosine": expected an object; recipe.schedule takes'],
    [{ selection: { kind: 'worst', share: 2 } }, 'selection.share is 2: expected 0 < share ≤ 1'],
  ])('%j', async (recipe, message) => {
    let batches = 0;
    const onBatch = () => void batches++;
    await expect(trained(recipe as Partial<TrainingRecipe>, { onBatch })).rejects.toThrow(message);
    expect(batches).toBe(0);
  });

  it('an output whose spread nothing learns, and a loss of a spread that there is not', async () => {
    await expect(trained({}, { output: { kind: 'exponent', spread: true } })).rejects.toThrow(
      "loss.exponent is undefined: expected 'gaussian', since the output has a spread",
    );
    await expect(
      trained({ loss: { exponent: 'gaussian' } }, { output: { kind: 'exponent' } }),
    ).rejects.toThrow("loss.exponent is 'gaussian': expected an output with spread: true");
  });
});
