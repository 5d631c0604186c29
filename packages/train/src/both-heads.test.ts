import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useBackend } from '@diffusion/backends';
import { loadModel, saveModel } from '@diffusion/models/node';
import { andi2020 } from '@diffusion/simulate';
// Workers load built files.
import {
  type EpochResult,
  type FitOptions,
  fit,
  noAugmentation,
  oneLengthTracks,
  type TrainingState,
  targets,
} from '@diffusion/train';
import { loadCheckpoint, saveCheckpoint } from '@diffusion/train/node';
import * as tf from '@tensorflow/tfjs-core';

const { classes } = andi2020({ task: 2, dim: 1, count: 1, seed: 1 });
const output = { kind: 'both', classes } as const;
const source = oneLengthTracks({
  dataSets: ([1, 2] as const).map((task) => ({ preset: 'andi2020', task, dim: 1 })),
  length: { min: 10, max: 60 },
  batches: 4,
  pointsPerBatch: 480,
  tracksPerBatch: { min: 8, max: 16 },
  seed: 2,
});
const options: FitOptions = {
  network: { name: 'multiscale', options: { widths: [8, 8], units: 16 } },
  encoder: { kind: 'multiscale', dim: 1, length: null },
  output,
  source,
  recipe: {
    epochs: 2,
    batchSize: 16,
    learningRate: 2e-3,
    schedule: { name: 'cosine' },
    optimizer: { name: 'adamw', weightDecay: 0.01 },
    averaging: 0.9,
    seed: 3,
    augmentation: noAugmentation,
    shards: 2,
  },
  data: {},
};

async function trained(change: Partial<FitOptions> = {}) {
  const { model, history } = await fit({ ...options, ...change });
  const weights = model.network!.getWeights().map((weight) => [...weight.dataSync()]);
  return { model, history, weights };
}

beforeAll(() => useBackend('wasm'));

describe('a network of a class head and an exponent head', () => {
  it('learns both from tracks of many lengths', async () => {
    const validation = andi2020({
      task: 2,
      dim: 1,
      count: 200,
      seed: 9,
      length: { min: 10, max: 60 },
    }).generate();
    const { model, history } = await trained({
      source: oneLengthTracks({
        dataSets: [{ preset: 'andi2020', task: 2, dim: 1 }],
        length: { min: 10, max: 60 },
        batches: 40,
        pointsPerBatch: 1600,
        tracksPerBatch: { min: 24, max: 64 },
        seed: 2,
      }),
      recipe: { ...options.recipe, batchSize: 64, epochs: 3, learningRate: 5e-3, shards: 1 },
      validation,
    });
    // A guess is right on a fifth of the tracks, and misses α by 0.44 if it always says 1.
    const [first, , last] = history as Required<EpochResult>[];
    expect(last.score).toBeGreaterThan(0.33);
    expect(last.mae).toBeLessThan(0.45);
    expect(last.loss).toBeLessThan(first.loss);
    expect(last.validationScore).toBeGreaterThan(0.33);
    expect(last.validationMae).toBeLessThan(0.45);
    expect(model.card.metrics).toMatchObject({ validationMae: last.validationMae });
    expect(model.card.domain).toMatchObject({ minLength: 10, maxLength: 60 });

    const { codes, values, reasons } = await model.predict(validation);
    const wanted = targets(validation, output);
    const rows = reasons.flatMap((reason, i) => (reason ? [] : [i]));
    const right = rows.filter((i) => codes![i] === wanted.codes![i]).length / rows.length;
    const error =
      rows.reduce((sum, i) => sum + Math.abs(values![i] - wanted.exponents![i]), 0) / rows.length;
    expect(right).toBeGreaterThan(0.33);
    expect(error).toBeLessThan(0.45);
    model.dispose();
  });

  it('has the same weights whatever the workers, and leaves no tensors', async () => {
    const { model, history, weights } = await trained();
    model.dispose();
    const before = tf.memory().numTensors;
    const again = await trained({ workers: 2 });
    expect(again.weights).toEqual(weights);
    expect(again.history).toEqual(history);
    again.model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('goes on from a checkpoint with its running averages', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'both-'));
    const path = join(folder, 'checkpoint.bin');
    const whole = await trained({
      onEpoch: async ({ epoch }, state) => {
        if (epoch > 1) return;
        const kept: TrainingState = await state();
        await saveCheckpoint(path, kept, {});
      },
    });
    const { state } = await loadCheckpoint(path);
    expect(state.averages!.map(({ shape }) => shape)).toEqual(
      whole.model.network!.trainableWeights.map(({ shape }) => shape),
    );
    const resumed = await trained({ resume: state });
    expect(resumed.weights).toEqual(whole.weights);
    expect(resumed.history).toEqual(whole.history);

    const last: TrainingState[] = [];
    const keep = async (_: unknown, get: () => Promise<TrainingState>) => {
      last[0] = await get();
    };
    await trained({ onEpoch: keep });
    const ended = await trained({ resume: last[0] });
    expect(ended.weights).toEqual(whole.weights);

    await saveModel(folder, { network: whole.model.network!, card: whole.model.card as never });
    const loaded = await loadModel(folder);
    const tracks = source.take(0, 0, source.perEpoch);
    expect(await loaded.predict(tracks)).toEqual(await whole.model.predict(tracks));
    await rm(folder, { recursive: true });
  });

  it('weighs the exponents as the recipe says', async () => {
    const lossWith = async (exponentWeight?: number) => {
      const loss = { exponentWeight };
      const recipe = { ...options.recipe, epochs: 1, learningRate: 1e-9, loss };
      const { history, model } = await trained({ recipe });
      model.dispose();
      return history[0];
    };
    const [one, stated, two] = [await lossWith(1), await lossWith(), await lossWith(2)];
    expect(two.loss - one.loss).toBeCloseTo(one.mae!, 3);
    expect(stated.loss - one.loss).toBeCloseTo(one.mae! / 2, 3);
  });

  it('names what is wrong', async () => {
    const wrong = (change: object) => trained({ recipe: { ...options.recipe, ...change } });
    await expect(wrong({ schedule: { name: 'steps' } })).rejects.toThrow(
      'schedule.name is "steps": expected one-cycle, cosine, constant or plateau',
    );
    await expect(wrong({ averaging: 1 })).rejects.toThrow('averaging is 1');
    await expect(wrong({ optimizer: { name: 'adamw', weightDecay: -1 } })).rejects.toThrow(
      'weightDecay is -1',
    );
    await expect(wrong({ loss: { exponentWeight: 0 } })).rejects.toThrow('exponentWeight is 0');
    await expect(wrong({ batchSize: 4 })).rejects.toThrow(
      /a batch has \d+ tracks: expected at most batchSize, 4/,
    );
    await expect(trained({ network: { name: 'xresnet' } })).rejects.toThrow('xresnet');
  });
});
