import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useBackend } from '@diffusion/backends';
import { encoder, networkByName } from '@diffusion/models';
import { gajowczyk2021, simulate } from '@diffusion/simulate';
import { Tracks, textColumn } from '@diffusion/tracks';
import * as tf from '@tensorflow/tfjs-core';
import { noAugmentation } from './augment/augment.ts';
import { fit } from './fit.ts';
import { freshTracks } from './fresh-tracks.ts';
import { loadCheckpoint, saveCheckpoint } from './node/checkpoint.ts';
import type { TrainingRecipe } from './recipe.ts';
import { repeatedTracks } from './repeated-tracks.ts';
import { targets } from './targets.ts';
import { train } from './train.ts';

const classes = ['ND', 'DM', 'CD', 'FBM'];
const output = { kind: 'classes', classes } as const;
const encode = encoder({ kind: 'motion', dim: 2, length: 600 });
const recipe: TrainingRecipe = {
  epochs: 2,
  batchSize: 16,
  learningRate: 0.01,
  loss: { labelSmoothing: 0.02 },
  seed: 4,
  augmentation: { rotate: true, cutShare: 0.3, minLength: 10, gapShare: 0.2, maxMissing: 0.2 },
};
const build = () =>
  networkByName('xresnet').build({
    channels: 6,
    features: 1,
    filters: 8,
    depth: 1,
    classes: 4,
    length: 600,
    dropout: 0.2,
    seed: 2,
  });
const source = freshTracks(gajowczyk2021({ count: 128, seed: 1 }), 64);
const weightsOf = (network: ReturnType<typeof build>) =>
  network.getWeights().map((weight) => [...weight.dataSync()]);

beforeAll(async () => {
  await useBackend('wasm');
});

describe('train', () => {
  it('gives the same weights for the same recipe, others for another seed', async () => {
    const all = [];
    for (const seed of [4, 4, 5]) {
      const network = build();
      await train({ network, encoder: encode, output, source, recipe: { ...recipe, seed } });
      all.push(weightsOf(network));
      network.dispose();
    }
    expect(all[1]).toEqual(all[0]);
    expect(all[2]).not.toEqual(all[0]);
  });

  it('goes on from a checkpoint as if it had never stopped', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'checkpoint-'));
    const path = join(folder, 'checkpoint.bin');
    const whole = build();
    const history = await train({
      network: whole,
      encoder: encode,
      output,
      source,
      recipe,
      onEpoch: async ({ epoch }, state) => {
        if (epoch === 1) await saveCheckpoint(path, await state(), { note: 'µ' });
      },
    });
    const { state, run } = await loadCheckpoint(path);
    const resumed = build();
    const again = await train({
      network: resumed,
      encoder: encode,
      output,
      source,
      recipe,
      resume: state,
    });
    expect(run).toEqual({ note: 'µ' });
    expect(again).toEqual(history);
    expect(weightsOf(resumed)).toEqual(weightsOf(whole));

    await truncate(path, 5000);
    await expect(loadCheckpoint(path)).rejects.toThrow(
      /checkpoint\.bin: (cut short|not a checkpoint)/,
    );
    await writeFile(path, 'something else');
    await expect(loadCheckpoint(path)).rejects.toThrow('not a checkpoint of a training');
    await writeFile(path, 'diffusion-checkpoint-1\n{"history":\n');
    await expect(loadCheckpoint(path)).rejects.toThrow(
      'the JSON ends early: expected the header of a checkpoint',
    );
    await writeFile(path, 'diffusion-checkpoint-1\n{"history":[],"specs":[{}]}\n');
    await expect(loadCheckpoint(path)).rejects.toThrow(
      'the name of a weight is missing: expected a text',
    );
    await expect(loadCheckpoint(join(folder, 'none'))).rejects.toThrow('cannot be read');
    await rm(folder, { recursive: true });
  });

  it('leaves no tensors behind', async () => {
    const network = build();
    const options = { network, encoder: encode, output, source, recipe: { ...recipe, epochs: 1 } };
    await train(options);
    const before = tf.memory().numTensors;
    await train(options);
    expect(tf.memory().numTensors).toBe(before);
    network.dispose();
  });

  it('stops between two batches when told to', async () => {
    const controller = new AbortController();
    const network = build();
    let batches = 0;
    const training = train({
      network,
      encoder: encode,
      output,
      source,
      recipe,
      signal: controller.signal,
      onBatch: () => {
        if (++batches === 2) controller.abort(new Error('enough'));
      },
    });
    await expect(training).rejects.toThrow('enough');
    expect(batches).toBe(2);
  });

  it('names what is wrong with a recipe', async () => {
    const network = build();
    const wrong = (change: Partial<TrainingRecipe>) =>
      train({ network, encoder: encode, output, source, recipe: { ...recipe, ...change } });
    await expect(wrong({ epochs: 0 })).rejects.toThrow(
      'epochs is 0: expected an integer of at least 1',
    );
    await expect(wrong({ batchSize: 1.5 })).rejects.toThrow('batchSize is 1.5');
    await expect(wrong({ learningRate: -1 })).rejects.toThrow(
      'learningRate is -1: expected a positive number',
    );
    await expect(wrong({ loss: { labelSmoothing: 1 } })).rejects.toThrow('labelSmoothing is 1');
    network.dispose();
  });
});

describe('fit', () => {
  it('learns to tell directed from confined motion, and says what it has seen', async () => {
    const set = gajowczyk2021({ count: 400, seed: 1 });
    const { model, history } = await fit({
      network: { name: 'xresnet', options: { filters: 8, depth: 1, dropout: 0 } },
      output,
      encoder: { kind: 'motion', dim: 2, length: 600 },
      source: freshTracks(set, 400),
      validation: gajowczyk2021({ count: 80, seed: 2 }).generate(),
      recipe: { ...recipe, epochs: 3 },
      data: { preset: 'gajowczyk2021' },
    });
    // A guess is right on a quarter of the tracks.
    expect(history[2].validationScore!).toBeGreaterThan(0.45);
    expect(model.card.domain).toMatchObject({ dim: 2, maxLength: expect.any(Number) });
    expect(model.card.domain.minLength).toBeLessThanOrEqual(12);
    expect(model.card.recipe).toMatchObject({ epochs: 3, seed: 4, tracksPerEpoch: 400 });
    const { labels, codes, reasons } = {
      labels: classes,
      ...(await model.predict(gajowczyk2021({ count: 40, seed: 8 }).generate())),
    };
    expect(codes!.filter((code) => code >= 0 && code < labels.length).length).toBe(
      reasons.filter((reason) => reason === undefined).length,
    );
    model.dispose();
  });

  it('learns exponents', async () => {
    const tracks = simulate({ model: 'fbm', alpha: 0.4, count: 40, length: 60, dim: 1, seed: 1 });
    const fast = simulate({ model: 'fbm', alpha: 1.6, count: 40, length: 60, dim: 1, seed: 2 });
    const both = new Tracks({
      positions: Float64Array.of(...tracks.positions, ...fast.positions),
      offsets: Uint32Array.from({ length: 81 }, (_, i) => 60 * i),
      dim: 1,
      trackColumns: { alpha: Float64Array.from({ length: 80 }, (_, i) => (i < 40 ? 0.4 : 1.6)) },
    });
    const { model, history } = await fit({
      network: { name: 'xresnet', options: { filters: 8, depth: 1, dropout: 0 } },
      output: { kind: 'exponent' },
      encoder: { kind: 'motion', dim: 1, length: 60 },
      source: repeatedTracks(both, 3),
      recipe: { ...recipe, loss: {}, epochs: 12, augmentation: noAugmentation },
      data: {},
    });
    expect(history.at(-1)!.score).toBeLessThan(0.3);
    const { values } = await model.predict(both);
    expect(values![0]).toBeLessThan(values![79]);
    model.dispose();
  });
});

describe('targets', () => {
  const tracks = new Tracks({
    positions: new Float64Array(4),
    offsets: Uint32Array.of(0, 1, 2),
    dim: 2,
    trackColumns: { label: textColumn(['CD', 'CTRW']) },
  });

  it('names a label that is no class, and a missing column', () => {
    expect(() => targets(tracks, output)).toThrow("label 'CTRW': expected one of ND, DM, CD, FBM");
    expect(() => targets(tracks, { kind: 'exponent' })).toThrow('no numeric column alpha');
  });
});

describe('sources', () => {
  it('give new tracks in every epoch, or the same ones in another order', () => {
    const fresh = freshTracks(gajowczyk2021({ count: 20, seed: 1 }), 10);
    expect(fresh.take(0, 0, 10).positions).not.toEqual(fresh.take(1, 0, 10).positions);
    expect(fresh.take(1, 3, 5).positions).toEqual(fresh.take(1, 3, 5).positions);
    const set = gajowczyk2021({ count: 10, seed: 1 }).generate();
    const repeated = repeatedTracks(set, 6);
    const order = (epoch: number) => [
      ...(repeated.take(epoch, 0, 10).trackColumns.track as Float64Array),
    ];
    expect(order(0)).not.toEqual(order(1));
    expect(order(0).sort((a, b) => a - b)).toEqual(order(1).sort((a, b) => a - b));
  });
});
