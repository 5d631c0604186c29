import { useBackend } from '@diffusion/backends';
import { type NetworkModel, networkEncoder } from '@diffusion/models';
import { gajowczyk2021 } from '@diffusion/simulate';
import { selectTracks, type TextColumn, type Tracks } from '@diffusion/tracks';
import * as tf from '@tensorflow/tfjs-core';
import { noAugmentation } from './augment/augment.ts';
import { type FitFoldsOptions, fitFolds } from './fit-folds.ts';
import { repeatedTracks } from './repeated-tracks.ts';
import { validate } from './validate.ts';

const tracks = gajowczyk2021({ count: 60, seed: 4 }).generate();
const output = { kind: 'classes', classes: ['ND', 'DM', 'CD', 'FBM'] } as const;
const options: FitFoldsOptions = {
  tracks,
  folds: 3,
  network: { name: 'xresnet', options: { filters: 8, depth: 1 } },
  output,
  encoder: networkEncoder('xresnet', { dim: 2, length: 600 }),
  recipe: {
    epochs: 2,
    batchSize: 20,
    learningRate: 1e-3,
    seed: 7,
    augmentation: noAugmentation,
  },
  data: { preset: 'gajowczyk2021' },
};
const ids = (part: Tracks) => [...(part.trackColumns.track as Float64Array)];

beforeAll(() => useBackend('wasm'));

describe('fitFolds', () => {
  it('trains each network on all folds but one, and answers with their mean', async () => {
    const before = tf.memory().numTensors;
    const trainedOn: Tracks[] = [];
    const told: number[] = [];
    const { model, histories } = await fitFolds({
      ...options,
      foldSource: (part, seed) => {
        trainedOn.push(part);
        return repeatedTracks(part, seed);
      },
      onFold: (fold, { validationScore }) => told.push(fold, validationScore!),
    });
    expect(trainedOn.map(({ count }) => count)).toEqual([40, 40, 40]);
    const left = trainedOn.map((part) => ids(tracks).filter((id) => !ids(part).includes(id)));
    expect(left.flat().sort((a, b) => a - b)).toEqual(ids(tracks));
    for (const fold of left) {
      const labels = fold.map((id) => (tracks.trackColumns.label as TextColumn).codes[id]);
      expect([0, 1, 2, 3].map((k) => labels.filter((code) => code === k).length)).toEqual([
        5, 5, 5, 5,
      ]);
    }

    const seeds = model.models.map(({ card }) => card.recipe.seed);
    expect(new Set(seeds).size).toBe(3);
    expect(model.models[1].card.recipe.data).toMatchObject({ fold: 2, folds: 3, splitSeed: 7 });
    expect(told).toEqual(histories.flatMap((h, k) => [k + 1, h[1].validationScore]));
    for (const [k, one] of model.models.entries()) {
      const { network, encoder } = one as NetworkModel;
      const rows = left[k].map((id) => ids(tracks).indexOf(id));
      const { loss } = await validate(network, encoder, output, selectTracks(tracks, rows));
      expect(loss).toBeCloseTo(histories[k][1].validationLoss!, 5);
    }

    const all = await model.predict(tracks);
    const single = await Promise.all(model.models.map((one) => one.predict(tracks)));
    const first = all.reasons.indexOf(undefined);
    const mean = single.reduce((sum, { probabilities }) => sum + probabilities![4 * first], 0) / 3;
    expect(all.probabilities![4 * first]).toBeCloseTo(mean, 6);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('gives the same for the same seed', async () => {
    const small = { ...options, recipe: { ...options.recipe, epochs: 1 } };
    const [one, two] = [await fitFolds(small), await fitFolds(small)];
    expect(one.histories).toEqual(two.histories);
    one.model.dispose();
    two.model.dispose();
  });

  it('says how many folds there can be, and leaves nothing behind', async () => {
    await expect(fitFolds({ ...options, folds: 1 })).rejects.toThrow('folds is 1: expected');
    const { codes, dictionary } = tracks.trackColumns.label as TextColumn;
    const rare = dictionary.indexOf('ND');
    const rows = [...codes.keys()].filter((i) => codes[i] !== rare || i <= codes.indexOf(rare));
    await expect(fitFolds({ ...options, tracks: selectTracks(tracks, rows) })).rejects.toThrow(
      "folds is 3: expected at most 1, the number of tracks with label 'ND'",
    );
    const before = tf.memory().numTensors;
    let fold = 0;
    const broken = fitFolds({
      ...options,
      foldSource: (part, seed) => {
        if (++fold === 2) throw new RangeError('no second fold');
        return repeatedTracks(part, seed);
      },
    });
    await expect(broken).rejects.toThrow('no second fold');
    expect(tf.memory().numTensors).toBe(before);
  });
});
