import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useBackend } from '@diffusion/backends';
import { estimateCorrection, type NetworkModel } from '@diffusion/models';
import { loadModel, saveModel } from '@diffusion/models/node';
import { andi2020 } from '@diffusion/simulate';
import * as tf from '@tensorflow/tfjs-core';
import type { TrainingState } from '../training-state.ts';
import { simulatedBankSets } from './bank-sets.ts';
import { type FitBankOptions, fitBank, type TrainedBankNetwork } from './fit-bank.ts';

beforeAll(() => useBackend('wasm'));

const dataSet = { preset: 'andi2020', task: 1, dim: 1 } as const;
const options: FitBankOptions = {
  lengths: [15, 10],
  folds: 3,
  trained: 2,
  sets: simulatedBankSets({ dataSet, tracksPerLength: 48, seed: 2 }),
  options: { filters: 4, units: 4, depth: 3 },
  output: { kind: 'exponent' },
  recipe: { epochs: 2, batchSize: 16, learningRate: 1e-3, seed: 7 },
  data: { ...dataSet },
};
const weightsOf = ({ model }: Awaited<ReturnType<typeof fitBank>>) =>
  model.bank.members.map(({ length, fold, weights }) => [length, fold, [...weights]]);
const tracks = andi2020({ task: 1, dim: 1, count: 40, seed: 5 }).generate();

describe('fitBank', () => {
  it('trains a network for each length and fold and joins them to a model with one card', async () => {
    const seen: string[] = [];
    const before = tf.memory().numTensors;
    const { model, histories } = await fitBank({
      ...options,
      correctionTracks: tracks,
      onNetwork: ({ length, fold }) => void seen.push(`${length}/${fold}`),
    });
    expect(seen).toEqual(['15/1', '15/2', '10/1', '10/2']);
    expect(histories.map((history) => history.length)).toEqual([2, 2, 2, 2]);
    const { card } = model;
    expect(card.network).toMatchObject({ name: 'wadnet', options: { filters: 4, task: 1 } });
    expect(card.domain.minLength).toBe(10);
    expect(card.recipe).toMatchObject({
      seed: 7,
      data: { preset: 'andi2020' },
      bank: { lengths: [15, 10], folds: 3, trained: 2 },
    });
    expect(card.bank.networks.map(({ length, fold }) => `${length}/${fold}`)).toEqual(seen);
    const scores = card.bank.networks.map(({ metrics }) => metrics!.validationScore as number);
    expect(card.metrics.validationScore).toBeCloseTo(scores.reduce((a, b) => a + b) / 4, 9);
    expect(card.bank.correction).toBe(await estimateCorrection(model, tracks));
    const { values, reasons } = await model.predict(tracks);
    expect(reasons.filter((reason) => !reason).length).toBeGreaterThan(20);
    for (const [i, value] of values!.entries()) {
      if (reasons[i]) continue;
      expect(value).toBeGreaterThanOrEqual(0.05 - 1e-6);
      expect(value).toBeLessThanOrEqual(2);
    }
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('goes on from the networks that are done and the state of the next, to the same bits', async () => {
    const whole = await fitBank(options);
    const folder = await mkdtemp(join(tmpdir(), 'networks-'));
    const saved: [length: number, fold: number][] = [];
    let resume: TrainingState | undefined;
    const stop = new Error('enough');
    const first = fitBank({
      ...options,
      onEpoch: async ({ length, fold }, _, state) => {
        if (length !== 10 || fold !== 1) return;
        resume = await state();
        throw stop;
      },
      onNetwork: async ({ length, fold, model }) => {
        await saveModel(join(folder, `${length}-${fold}`), model);
        saved.push([length, fold]);
      },
    });
    await expect(first).rejects.toThrow(stop);
    expect(saved).toEqual([
      [15, 1],
      [15, 2],
    ]);
    // A bank of fewer lengths has the same networks.
    const again = await fitBank({ ...options, lengths: [15], trained: 1 });
    expect(weightsOf(again)).toEqual(weightsOf(whole).slice(0, 1));
    const done: TrainedBankNetwork[] = [];
    for (const [length, fold] of saved) {
      const model = (await loadModel(join(folder, `${length}-${fold}`))) as NetworkModel;
      done.push({ length, fold, model });
    }
    const resumed = await fitBank({ ...options, done, resume });
    expect(weightsOf(resumed)).toEqual(weightsOf(whole));
    expect(resumed.histories).toHaveLength(2);
    for (const { model } of [whole, again, resumed, ...done]) model.dispose();
    await rm(folder, { recursive: true });
  });

  it('can be of one network of many folds, and of classes', async () => {
    const { model } = await fitBank({
      ...options,
      lengths: [12],
      trained: 1,
      sets: simulatedBankSets({
        dataSet: { ...dataSet, task: 2 as const },
        tracksPerLength: 40,
        seed: 2,
      }),
      output: { kind: 'classes', classes: ['ATTM', 'CTRW', 'FBM', 'LW', 'SBM'] },
    });
    expect(model.card.bank).toMatchObject({ networks: [{ length: 12, fold: 1 }], correction: 1 });
    expect((await model.predict(tracks)).labels).toHaveLength(40);
    model.dispose();
  });

  it.each<[string, Partial<FitBankOptions>, string]>([
    ['no lengths', { lengths: [] }, 'lengths is []: expected a list of one or more lengths'],
    ['a length twice', { lengths: [10, 20, 10] }, 'lengths has 10 twice: expected each once'],
    ['a length of one', { lengths: [1] }, 'lengths[0] is 1: expected an integer of at least 2'],
    ['more trained than folds', { trained: 4 }, 'trained is 4: expected at most 3'],
    [
      'cut tracks',
      { recipe: { ...options.recipe, augmentation: { cutShare: 0.5 } } },
      'augmentation has cutShare 0.5 and gapShare 0: expected 0 and 0',
    ],
    [
      'a loss with a spread',
      { recipe: { ...options.recipe, loss: { exponent: 'gaussian' } } },
      "loss.exponent is 'gaussian': expected mae, mse or huber, a bank answers without a spread",
    ],
    ['an option that there is not', { length: [10] } as never, 'length'],
    ['no sets', { sets: undefined as never }, 'sets is undefined: expected what simulatedBankSets'],
  ])('refuses %s', async (_, change, message) => {
    await expect(fitBank({ ...options, ...change })).rejects.toThrow(message);
  });
});
