import { Worker } from 'node:worker_threads';
import { useBackend } from '@diffusion/backends';
import { defineFeature } from '@diffusion/features';
import { encoder, networkByName, standardFeatures } from '@diffusion/models';
import { gajowczyk2021 } from '@diffusion/simulate';
// Workers load built files.
import {
  fit,
  freshTracks,
  repeatedTracks,
  type TrainingRecipe,
  type TrainingState,
  type TrainOptions,
  train,
} from '@diffusion/train';
import * as tf from '@tensorflow/tfjs-core';

const output = { kind: 'classes', classes: ['ND', 'DM', 'CD', 'FBM'] } as const;
const encode = encoder({ kind: 'motion', dim: 2, length: 600 });
const recipe: TrainingRecipe = {
  epochs: 2,
  batchSize: 16,
  learningRate: 0.01,
  loss: { labelSmoothing: 0.02 },
  seed: 4,
  augmentation: { rotate: true, cutShare: 0.3, minLength: 10, gapShare: 0.2, maxMissing: 0.2 },
  shards: 3,
};
const options = { filters: 8, depth: 1, dropout: 0.2, seed: 2 };
const build = () =>
  networkByName('xresnet').build({ ...options, channels: 6, features: 1, classes: 4, length: 600 });
// Batches of 16, 16 and 2: shards of 5 and 6 tracks, and fewer shards than workers.
const fresh = freshTracks(gajowczyk2021({ count: 68, seed: 1 }), 34);

/** The weights and the learning curve after a training. */
async function trained(change: Partial<TrainOptions> = {}, network = build()) {
  const history = await train({
    network,
    encoder: encode,
    output,
    source: fresh,
    recipe,
    ...change,
  });
  const weights = network.getWeights().map((weight) => [...weight.dataSync()]);
  network.dispose();
  return { history, weights };
}

/** Workers that the test can see the end of. */
function watched() {
  const workers: Worker[] = [];
  const ended: Promise<number>[] = [];
  return {
    workers,
    ended,
    createWorker: () => {
      const worker = new Worker(new URL('../../dist/parallel/train-worker.js', import.meta.url));
      workers.push(worker);
      ended.push(new Promise((resolve) => worker.once('exit', resolve)));
      return worker;
    },
  };
}

beforeAll(() => useBackend('wasm'));

describe('training in shards', () => {
  it('gives the same bits on this thread and on any number of workers, which then end', async () => {
    const alone = await trained();
    const { createWorker, ended } = watched();
    for (const count of [2, 3]) {
      expect(await trained({ workers: { count, createWorker } })).toEqual(alone);
    }
    expect(await Promise.all(ended)).toHaveLength(5);
    expect(alone.weights.flat().every(Number.isFinite)).toBe(true);
  });

  it('depends on the number of shards, and is plain training with one', async () => {
    const one = { ...recipe, epochs: 1, shards: 1 };
    const { shards: _, ...plain } = one;
    const whole = await trained({ recipe: plain });
    // A second worker would have nothing to do.
    const { createWorker, workers } = watched();
    expect(await trained({ recipe: one, workers: { count: 2, createWorker } })).toEqual(whole);
    expect(workers).toHaveLength(1);
    expect((await trained({ recipe: { ...one, shards: 2 } })).weights).not.toEqual(whole.weights);
  });

  it('takes the tracks and the encoder of this thread where a worker cannot make them', async () => {
    const source = repeatedTracks(gajowczyk2021({ count: 20, seed: 1 }).generate(), 3);
    const own = { ...encode, specification: { kind: 'own', dim: 2, length: 600 } as const };
    const short = { ...recipe, epochs: 1 };
    const alone = await trained({ source, recipe: short });
    expect(await trained({ source, recipe: short, workers: 2 })).toEqual(alone);
    const encoded = { encoder: own, recipe: short };
    expect(await trained({ ...encoded, workers: 1 })).toEqual(await trained(encoded));
  });

  it('computes a feature of one’s own on this thread, since a function cannot be sent', async () => {
    const right = defineFeature({
      name: 'right',
      meaning: 'Ends right of where it began.',
      minPoints: 2,
      gaps: 'positions',
      compute: ({ axes: [x], length }) => (x[length - 1] > x[0] ? 1 : 0),
    });
    const features = standardFeatures(fresh.take(0, 0, 34), ['alpha', right]);
    const beside = encoder({ kind: 'motion', dim: 2, length: 600, features });
    const network = () =>
      networkByName('xresnet').build({
        ...options,
        channels: 6,
        features: beside.features,
        classes: 4,
        length: 600,
      });
    const short = { encoder: beside, recipe: { ...recipe, epochs: 1 } };
    expect(await trained({ ...short, workers: 2 }, network())).toEqual(
      await trained(short, network()),
    );
  });

  it('drops the units that the whole batch would drop', async () => {
    // Without batch normalisation the shards of a batch have its loss.
    const cnn = { layers: '12', dropout: 0.5, channels: 6, length: 600, classes: 4, seed: 1 };
    const lossIn = async (shards: number) => {
      const once = { ...recipe, epochs: 1, batchSize: 34, shards };
      const { history } = await trained({ recipe: once }, networkByName('cnn').build(cnn));
      return history[0].loss;
    };
    expect(await lossIn(3)).toBeCloseTo(await lossIn(1), 5);
  });

  it('goes on from a checkpoint on another number of workers', async () => {
    let state: TrainingState | undefined;
    const whole = await trained({
      onEpoch: async ({ epoch }, now) => {
        if (epoch === 1) state = await now();
      },
    });
    expect(await trained({ resume: state, workers: 1 })).toEqual(whole);
    for (const { tensor } of state!.optimizer) tensor.dispose();
    tf.dispose([...state!.weights]);
  });

  it('leaves no tensors behind', async () => {
    await trained();
    const before = tf.memory().numTensors;
    await trained();
    await trained({ workers: 1 });
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('a training ends with its workers', () => {
  it('when a worker dies, with an error that says so', async () => {
    const { createWorker, workers, ended } = watched();
    const onBatch = () => void workers[1].terminate();
    await expect(trained({ workers: { count: 2, createWorker }, onBatch })).rejects.toThrow(
      /^worker 2 of 2 ended: exit code 1$/,
    );
    await Promise.all(ended);
  });

  it('when a worker cannot do its shard', async () => {
    const { createWorker, ended } = watched();
    // The first two tracks, which are tried before, fit; a longer one comes later.
    const encoder3 = encoder({ kind: 'motion', dim: 2, length: 400 });
    const network = networkByName('xresnet').build({
      ...options,
      channels: 6,
      features: 1,
      classes: 4,
    });
    const workers = { count: 1, createWorker };
    await expect(trained({ encoder: encoder3, workers }, network)).rejects.toThrow(
      /^worker 1 of 1: track \d+ has \d+ points: the model sees at most 400$/,
    );
    await Promise.all(ended);
  });

  it('when it is told to stop', async () => {
    const { createWorker, ended } = watched();
    const controller = new AbortController();
    const onBatch = () => controller.abort(new Error('enough'));
    const { signal } = controller;
    await expect(trained({ workers: { count: 2, createWorker }, onBatch, signal })).rejects.toThrow(
      'enough',
    );
    expect(await Promise.all(ended)).toHaveLength(2);
  });

  it('and does not begin with numbers that make no sense, or on another backend', async () => {
    const wrong = { ...recipe, shards: 17 };
    await expect(trained({ recipe: wrong })).rejects.toThrow(
      'shards is 17: expected at most batchSize, 16',
    );
    await expect(trained({ recipe: { ...recipe, shards: 0 } })).rejects.toThrow('shards is 0');
    await expect(trained({ workers: 1.5 })).rejects.toThrow(
      'workers is 1.5: expected an integer of at least 0',
    );
    await useBackend('cpu');
    await expect(trained({ workers: 2 })).rejects.toThrow(
      'workers is 2 and this thread runs on cpu: expected wasm, as in the workers',
    );
    await useBackend('wasm');
  });
});

it.each(['motion', 'picture', 'flattened'])(
  'is what fit does, too, on tracks as %s, and is recorded in the card',
  async (kind) => {
    const weights: number[][][] = [];
    for (const workers of [0, 2]) {
      const { model } = await fit({
        network: { name: 'xresnet', options },
        output,
        encoder: { kind, dim: 2, length: 600 },
        source: fresh,
        recipe: { ...recipe, epochs: 1 },
        data: {},
        workers,
      });
      expect(model.card.recipe).toMatchObject({ shards: 3 });
      expect(model.card.recipe).not.toHaveProperty('workers');
      weights.push(model.network!.getWeights().map((weight) => [...weight.dataSync()]));
      model.dispose();
    }
    expect(weights[1]).toEqual(weights[0]);
  },
);
