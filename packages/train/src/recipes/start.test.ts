import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useBackend } from '@diffusion/backends';
import type { NetworkModel } from '@diffusion/models';
import { saveModel } from '@diffusion/models/node';
import { Tracks, textColumn } from '@diffusion/tracks';
// Workers load built files.
import { fitRecipe as builtFitRecipe } from '@diffusion/train';
import * as tf from '@tensorflow/tfjs-core';
import { startModel } from '../node/start-model.ts';
import type { TrainingState } from '../training-state.ts';
import { fitRecipe } from './fit-recipe.ts';
import { fitRecipeFolds } from './fit-recipe-folds.ts';
import { readRecipe } from './read-recipe.ts';
import type { ClassicalRecipe, NetworkRecipe } from './recipe.ts';
import { withStart } from './with-start.ts';

const first: NetworkRecipe = {
  format: 'diffusion-recipe',
  version: 1,
  data: { dataSets: [{ preset: 'gajowczyk2021' }], tracksPerEpoch: 32, validation: 8, test: 0 },
  network: { name: 'xresnet', options: { depth: 1, filters: 8 } },
  encoder: { kind: 'flattened', features: ['straightness'] },
  epochs: 1,
  batchSize: 16,
  learningRate: 0.01,
  seed: 3,
};
/** Goes on with other tracks, as slowly as to stay where it was. */
const second: NetworkRecipe = {
  ...first,
  seed: 4,
  learningRate: 1e-12,
  schedule: { name: 'constant' },
  start: { model: 'before' },
};

let start: NetworkModel;
beforeAll(async () => {
  await useBackend('wasm');
  start = (await fitRecipe(first)).model;
});
afterAll(() => start.dispose());

const weightsOf = ({ network }: NetworkModel) =>
  network.getWeights().map((weight) => [...weight.dataSync()]);
/** The largest change of a weight that is learnt. */
function moved(model: NetworkModel, from: NetworkModel): number {
  const [now, before] = [model, from].map(({ network }) =>
    network.trainableWeights.flatMap((weight) => [...weight.read().dataSync()]),
  );
  return now.reduce((most, value, i) => Math.max(most, Math.abs(value - before[i])), 0);
}

describe('a recipe with a start', () => {
  it('begins with the weights of the model, and with what its features were made standard by', async () => {
    const before = weightsOf(start);
    const { model } = await fitRecipe(second, { start });
    expect(moved(model, start)).toBeLessThan(1e-6);
    expect(model.card.encoder).toEqual(start.card.encoder);
    // That of other tracks is another.
    const { start: _, ...alone } = second;
    const other = await fitRecipe(alone);
    expect(moved(other.model, start)).toBeGreaterThan(0.01);
    expect(other.model.card.encoder.features).not.toEqual(start.card.encoder.features);
    expect(weightsOf(start)).toEqual(before);
    other.model.dispose();
    model.dispose();
  });

  it('has in its card what it began with, and is trained again to the same bits', async () => {
    const rated = { ...second, learningRate: 0.01, averaging: 0.9 };
    const one = await fitRecipe(rated, { start });
    const { recipe } = one.model.card;
    const sha256 = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(recipe).toEqual({ ...rated, start: { model: 'before', sha256, recipe: first } });
    const again = (await readRecipe(JSON.parse(JSON.stringify(one.model.card)))) as NetworkRecipe;
    const other = await fitRecipe(again, { start });
    expect(weightsOf(other.model)).toEqual(weightsOf(one.model));
    expect(other.model.card).toEqual(one.model.card);
    // What it was begun with is known by its weights.
    await expect(fitRecipe(again, { start: one.model })).rejects.toThrow(
      'expected the model that the recipe was written with',
    );
    other.model.dispose();
    one.model.dispose();
  });

  it('goes on from a state, and not from the start anew', async () => {
    const given = { ...second, learningRate: 0.01, epochs: 2 };
    let state: TrainingState | undefined;
    const whole = await fitRecipe(given, {
      start,
      onEpoch: async ({ epoch }, stateNow) => {
        if (epoch === 1) state = await stateNow();
      },
    });
    const rest = await fitRecipe(given, { start, resume: state });
    expect(weightsOf(rest.model)).toEqual(weightsOf(whole.model));
    whole.model.dispose();
    rest.model.dispose();
  });

  it('takes the classes in the order of the model, and is the same for every fold', async () => {
    const { classes } = start.card.output as { classes: readonly string[] };
    const labels = Array.from({ length: 16 }, (_, i) => [...classes].sort()[i % 4]);
    const tracks = new Tracks({
      positions: Float64Array.from({ length: 16 * 30 * 2 }, (_, i) => Math.sin(i * i)),
      offsets: Uint32Array.from({ length: 17 }, (_, i) => i * 30),
      dim: 2,
      trackColumns: { label: textColumn(labels) },
    });
    const labelled = { tracks, output: { kind: 'classes', classes: [...classes].sort() } } as const;
    const { model, folds } = await fitRecipeFolds(
      { ...second, data: { folder: 'mine', test: 0 }, folds: { count: 2 } },
      { labelled, start },
    );
    for (const fold of folds) {
      expect(moved(fold.model as NetworkModel, start)).toBeLessThan(1e-6);
      expect(fold.model.card.output).toEqual(start.card.output);
    }
    model.dispose();
  });

  it('goes with batches of one length, shards and workers, to the same bits', async () => {
    const lengths: NetworkRecipe = {
      ...first,
      data: {
        dataSets: [{ preset: 'andi2020', task: 1, dim: 1 }],
        length: { min: 10, max: 40 },
        batches: 2,
        pointsPerBatch: 200,
        tracksPerBatch: { min: 4, max: 8 },
        validation: 0,
        test: 0,
      },
      network: { name: 'multiscale', options: { widths: [8] } },
      encoder: {},
      shards: 2,
    };
    const from = await fitRecipe(lengths);
    const other = { ...lengths, seed: 5, start: { model: 'before' } };
    const data = { ...lengths.data, length: { min: 20, max: 60 } } as NetworkRecipe['data'];
    const runs = [];
    for (const workers of [0, 2]) {
      const { model } = await builtFitRecipe({ ...other, data }, { start: from.model, workers });
      expect(model.card.domain.maxLength).toBe(60);
      runs.push(weightsOf(model));
      model.dispose();
    }
    expect(runs[1]).toEqual(runs[0]);
    expect(runs[0]).not.toEqual(weightsOf(from.model));
    from.model.dispose();
  });

  it.each<[string, Partial<NetworkRecipe>, string]>([
    [
      'network',
      { network: { name: 'resnet', options: { depth: 1 } } },
      'network.name is resnet: expected xresnet as in the model to begin with',
    ],
    [
      'option',
      { network: { name: 'xresnet', options: { depth: 2 } } },
      'network.options.depth is 2: expected 1',
    ],
    ['encoder', { encoder: { kind: 'motion' } }, 'encoder.kind is motion: expected flattened'],
    [
      'option of the encoder',
      { encoder: { kind: 'flattened', options: { lags: [8] } } },
      'encoder.options is ',
    ],
    [
      'feature',
      { encoder: { features: ['efficiency'] } },
      'encoder.features is ["efficiency"]: expected ["straightness"]',
    ],
    [
      'answer',
      {
        data: {
          dataSets: [{ preset: 'andi2020', task: 2, dim: 2, length: 30 }],
          tracksPerEpoch: 16,
          validation: 0,
          test: 0,
        },
      },
      'expected ["ND","DM","CD","FBM"] as in the model',
    ],
  ])('refuses a model of another %s', async (_, change, message) => {
    const before = tf.memory().numTensors;
    await expect(fitRecipe({ ...second, ...change }, { start })).rejects.toThrow(message);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('is asked for its model, and for none where there is no start', async () => {
    await expect(fitRecipe(second)).rejects.toThrow(
      "start.model is 'before': expected its model beside the recipe, as options.start",
    );
    await expect(fitRecipe(first, { start })).rejects.toThrow('start is missing in the recipe');
    const { format, version, data, seed } = first;
    const classical: ClassicalRecipe = {
      format,
      version,
      data,
      classifier: { name: 'forest' },
      features: 'unit-free',
      seed,
    };
    await expect(fitRecipe(classical, { start })).rejects.toThrow(
      'start is the network xresnet: expected none with forest, a classifier',
    );
    const read = (start: unknown, rest: object = {}) => readRecipe({ ...first, ...rest, start });
    await expect(read({})).rejects.toThrow('start.model is missing');
    await expect(read('before')).rejects.toThrow(
      'start is "before": expected an object with model',
    );
    await expect(read({ model: 'before', sha256: 'abc' })).rejects.toThrow('64 hexadecimal digits');
    const bank = { network: { name: 'wadnet' }, lengths: [10] };
    await expect(read({ model: 'before' }, bank)).rejects.toThrow('to be left out with lengths');
  });
});

it('startModel reads the folder of a network, whose weights are known by their file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'start-'));
  try {
    await saveModel(folder, start);
    const loaded = await startModel(folder);
    const { sha256 } = (await withStart(second, loaded)).start;
    expect(sha256).toBe(loaded.card.weights?.sha256);
    expect((await withStart(second, start)).start.sha256).toBe(sha256);
    loaded.dispose();
    const forest = await fitRecipe({
      format: 'diffusion-recipe',
      version: 1,
      data: first.data,
      classifier: { name: 'forest', options: { trees: 1 } },
      features: ['straightness'],
      seed: 1,
    });
    await saveModel(folder, forest.model as never);
    await expect(startModel(folder)).rejects.toThrow(
      'is the classifier forest: expected the folder of one network to begin with',
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});
