import { useBackend } from '@diffusion/backends';
import { type ClassicalModel, encoder } from '@diffusion/models';
import { gajowczyk2021 } from '@diffusion/simulate';
import { Tracks, textColumn } from '@diffusion/tracks';
import * as tf from '@tensorflow/tfjs-core';
import { type FittedRecipe, fitRecipe } from './fit-recipe.ts';
import { fitRecipeFolds } from './fit-recipe-folds.ts';
import { readRecipe } from './read-recipe.ts';
import type { ClassicalRecipe, NetworkRecipe, Recipe } from './recipe.ts';
import { recipeTracks } from './recipe-tracks.ts';

const recipe: NetworkRecipe = {
  format: 'diffusion-recipe',
  version: 1,
  data: { dataSets: [{ preset: 'gajowczyk2021' }], tracksPerEpoch: 48, validation: 16, test: 12 },
  network: { name: 'xresnet', options: { depth: 1, filters: 8 } },
  encoder: { kind: 'motion', features: ['alpha', 'straightness'] },
  epochs: 2,
  batchSize: 16,
  learningRate: 0.01,
  loss: { labelSmoothing: 0.02 },
  seed: 3,
  augmentation: { rotate: true, cutShare: 0.25, minLength: 10, gapShare: 0.2, maxMissing: 0.2 },
};
const forest: ClassicalRecipe = {
  format: 'diffusion-recipe',
  version: 1,
  data: { ...recipe.data } as NetworkRecipe['data'],
  classifier: { name: 'forest', options: { trees: 5 } },
  features: 'unit-free',
  seed: 3,
};

beforeAll(() => useBackend('wasm'));

/** All that a model has learnt. */
function learnt({ model }: FittedRecipe): unknown {
  const { card } = model;
  return model.kind === 'network'
    ? { card, weights: model.network.getWeights().map((weight) => [...weight.dataSync()]) }
    : { card, classifier: model.classifier.toJSON() };
}

/** The recipe of a card as it comes back from a file. */
const recipeIn = ({ model }: FittedRecipe): Promise<Recipe> =>
  readRecipe(JSON.parse(JSON.stringify(model.card)));

describe('fitRecipe', () => {
  it.each<[string, Recipe]>([
    ['a network', recipe],
    [
      'a network on the same tracks in every epoch',
      { ...recipe, data: { ...recipe.data, repeat: true } as Recipe['data'] },
    ],
    [
      'a network for which nothing is padded',
      {
        ...recipe,
        network: { name: 'multiscale', options: { widths: [8, 8] } },
        encoder: { kind: 'multiscale' },
      },
    ],
    [
      'a network on batches of one length',
      {
        ...recipe,
        data: {
          dataSets: [1, 2].map((task) => ({ preset: 'andi2020', task: task as 1 | 2, dim: 1 })),
          length: { min: 10, max: 40 },
          batches: 2,
          pointsPerBatch: 200,
          tracksPerBatch: { min: 4, max: 8 },
          validation: 16,
          test: 12,
        },
        network: { name: 'multiscale', options: { widths: [8, 8] } },
        encoder: {},
        loss: { exponentWeight: 1 },
        augmentation: 'none',
      },
    ],
    ['a forest', forest],
  ])('trains %s, and again from its card to the same bits', async (_, given) => {
    const first = await fitRecipe(given);
    const again = await fitRecipe(await recipeIn(first));
    expect(learnt(again)).toEqual(learnt(first));
    expect(first.model.card.recipe).toEqual(given);
    expect(first.test?.count).toBe(12);
    const { labels } = await first.model.predict(first.test!);
    expect(labels).toHaveLength(12);
    first.model.dispose();
    again.model.dispose();
  });

  it('calibrates where the recipe says so, and changes nothing else', async () => {
    const plain = await fitRecipe(forest);
    const calibration = { tracks: 300, coverage: 0.8 };
    const { model, test } = await fitRecipe({ ...forest, calibration });
    const { calibration: fitted, recipe: kept, ...card } = model.card;
    const { recipe: _, ...before } = plain.model.card;
    expect(card).toEqual(before);
    expect(kept).toEqual({ ...forest, calibration });
    expect(fitted).toMatchObject({
      data: { dataSets: [{ preset: 'gajowczyk2021' }], seed: 3 },
      sets: { coverage: 0.8 },
    });
    expect(fitted!.tracks).toBeGreaterThan(250);
    const { sets, codes } = await model.predict(test!);
    expect(sets).toHaveLength(4 * test!.count);
    // To the same bits again, from the card.
    const again = await fitRecipe(await recipeIn({ model } as FittedRecipe));
    expect(again.model.card).toEqual(model.card);
    expect((await again.model.predict(test!)).codes).toEqual(codes);
  });

  it('keeps the model where too few tracks are judged to calibrate it, and says why', async () => {
    const plain = await fitRecipe(forest);
    const calibration = { tracks: 60 };
    const { model, uncalibrated } = await fitRecipe({ ...forest, calibration });
    expect(uncalibrated).toMatch(/^there are \d+ tracks that the model judges: expected at least/);
    const recipe = { ...plain.model.card.recipe, calibration };
    expect(model.card).toEqual({ ...plain.model.card, recipe });
    // What ends it from outside ends all of it.
    const signal = AbortSignal.abort();
    await expect(fitRecipe({ ...forest, calibration }, { signal })).rejects.toThrow('abort');
  });

  it('lets a model of the prior judge what stands still, and names the prior it was calibrated to', async () => {
    const data = { dataSets: [{ preset: 'motion' as const, dim: 2 as const, length: 30 }] };
    const { model } = await fitRecipe({
      ...forest,
      data: { ...data, tracksPerEpoch: 200, validation: 0, test: 0 },
      calibration: { tracks: 200 },
    });
    const { domain, calibration } = model.card;
    expect(domain.minMotion).toBeNull();
    expect(domain.ranges).toEqual([{ from: 0, to: Number.MAX_SAFE_INTEGER, low: {}, high: {} }]);
    expect(calibration!.data).toEqual({ ...data, seed: 3, prior: { name: 'motion', version: 1 } });
    // The preset of a paper without such a class is judged as it was.
    expect((await fitRecipe(forest)).model.card.domain.minMotion).toBe(2.33);
  });

  it('follows the seed, and whatever else the recipe says', async () => {
    const seeds = [
      recipe,
      { ...recipe, seed: 4 },
      { ...recipe, loss: { classes: 'mse' as const } },
    ];
    const all: unknown[] = [];
    for (const each of seeds) {
      const fitted = await fitRecipe(each);
      all.push((learnt(fitted) as { weights: unknown }).weights);
      fitted.model.dispose();
    }
    expect(all[1]).not.toEqual(all[0]);
    expect(all[2]).not.toEqual(all[0]);
  });

  it('validates and tests on none where none are wanted', async () => {
    const data = { ...recipe.data, validation: 0, test: 0 } as Recipe['data'];
    const fitted = await fitRecipe({ ...recipe, data, epochs: 1 });
    expect([fitted.test, fitted.validation]).toEqual([undefined, undefined]);
    expect(fitted.history).toEqual([
      {
        epoch: 1,
        loss: expect.any(Number),
        score: expect.any(Number),
        learningRate: expect.any(Number),
      },
    ]);
    fitted.model.dispose();
  });

  it('gives an exponent its spread where the loss asks for one', async () => {
    const { model } = await fitRecipe({
      ...recipe,
      data: {
        dataSets: [{ preset: 'andi2020', task: 1, dim: 1, length: 20 }],
        tracksPerEpoch: 16,
        validation: 8,
        test: 0,
      },
      network: { name: 'multiscale', options: { widths: [8] } },
      encoder: {},
      epochs: 1,
      loss: { exponent: 'gaussian' },
    });
    expect(model.card.output).toEqual({ kind: 'exponent', spread: true });
    model.dispose();
  });

  it('learns the exponent of the tracks that have one beside the classes of all', async () => {
    const { model, validation } = await fitRecipe({
      ...recipe,
      data: {
        dataSets: [{ preset: 'motion', dim: 2 }],
        answers: ['classes', 'exponent'],
        length: { law: 'log-uniform', min: 8, max: 64 },
        batches: 4,
        pointsPerBatch: 300,
        tracksPerBatch: { min: 4, max: 16 },
        validation: 20,
        test: 0,
      },
      network: { name: 'multiscale', options: { widths: [8] } },
      encoder: { kind: 'invariant' },
      epochs: 1,
      augmentation: 'none',
    });
    const { alpha } = validation!.trackColumns;
    expect(Array.from(alpha as Float64Array).some(Number.isNaN)).toBe(true);
    const { values, reasons } = await model.predict(validation!);
    const judged = values!.filter((_, i) => !reasons[i]);
    expect(judged.length).toBeGreaterThan(0);
    expect(judged.every(Number.isFinite)).toBe(true);
    if (model.kind !== 'network') throw new Error('a network');
    for (const weight of model.network.getWeights()) {
      expect([...weight.dataSync()].every(Number.isFinite)).toBe(true);
    }
    model.dispose();
  });

  it('feeds a network as the recipe says, and else as its description does', async () => {
    const { model } = await fitRecipe({ ...recipe, epochs: 1, encoder: { kind: 'flattened' } });
    expect(model.card.encoder).toEqual({ kind: 'flattened', dim: 2, length: 600 });
    expect(model.network.inputs.map(({ shape }) => shape)).toEqual([[null, 1200, 1]]);
    model.dispose();
    const { encoder: _, ...plain } = recipe;
    const usual = await fitRecipe({ ...plain, epochs: 1 });
    expect(usual.model.card.encoder).toEqual({ kind: 'motion', dim: 2, length: 600 });
    expect(encoder(usual.model.card.encoder).features).toBe(1);
    usual.model.dispose();
  });

  it('asks for the tracks of a folder, for the backend and for one fold', async () => {
    const folder = { ...recipe, data: { folder: 'mine' } };
    await expect(fitRecipe(folder)).rejects.toThrow(
      "data.folder is 'mine': expected its labelled tracks beside the recipe",
    );
    await expect(fitRecipe({ ...recipe, backend: 'node' })).rejects.toThrow(
      "backend is 'node' and this program runs on wasm",
    );
    const repeated = { ...recipe, data: { ...recipe.data, repeat: true } as Recipe['data'] };
    await expect(fitRecipe({ ...repeated, folds: { count: 2 } })).rejects.toThrow(
      'folds.only is missing: expected a fold from 1 to 2',
    );
    await expect(fitRecipe({ ...recipe, folds: { count: 2, only: 1 } })).rejects.toThrow(
      'data.repeat is undefined: expected true with folds',
    );
    await expect(fitRecipe(recipe, { worker: 2 } as object)).rejects.toThrow(
      'did you mean workers?',
    );
  });
});

describe('a balance of a recipe', () => {
  const data = { ...forest.data, tracksPerEpoch: 40, validation: 0, test: 0 };
  const sizes = {
    ...data,
    dataSets: [
      {
        classes: [
          { model: 'brownian', label: 'many', share: 4 },
          { model: 'directed', label: 'few', parameters: { speed: 0.3 } },
        ],
        length: 30,
        dim: 2,
      },
    ],
  } as Recipe['data'];
  const features = ['straightness', 'alpha', 'efficiency'];

  it('is that of a classical classifier, too', async () => {
    const given: ClassicalRecipe = { ...forest, data: sizes, features };
    const plain = await fitRecipe(given);
    const kinds = ['oversample', 'undersample', 'smote', 'class-weights'] as const;
    for (const kind of kinds) {
      const balanced = { ...given, balance: { kind } };
      const [one, other] = [await fitRecipe(balanced), await fitRecipe(balanced)];
      expect(learnt(one)).toEqual(learnt(other));
      expect(one.model.card.recipe).toEqual(balanced);
      expect((one.model as ClassicalModel).classifier.toJSON()).not.toEqual(
        (plain.model as ClassicalModel).classifier.toJSON(),
      );
      expect(one.model.card.domain).toEqual(plain.model.card.domain);
    }
    const twice = {
      ...given,
      balance: { kind: 'class-weights' as const },
      classifier: { name: 'forest' as const, options: { classWeights: 'balanced' } },
    };
    await expect(fitRecipe(twice)).rejects.toThrow(
      'expected forest without its own option classWeights',
    );
  });

  it('reaches tracks that are cut to batches of one length', async () => {
    const small = { network: { name: 'multiscale', options: { widths: [8] } }, encoder: {} };
    const given = {
      ...recipe,
      ...small,
      data: { ...sizes, repeat: true } as Recipe['data'],
      epochs: 1,
      batchSize: 64,
      loss: {},
      augmentation: 'none' as const,
    };
    const seen: number[] = [];
    for (const kind of ['oversample', 'undersample', 'class-weights'] as const) {
      const fitted = await fitRecipe(
        { ...given, balance: { kind } },
        { onBatch: ({ batches, loss }) => seen.push(batches, loss) },
      );
      fitted.model.dispose();
    }
    // One batch of 64, 16 or 40 tracks.
    expect(seen.filter((_, i) => i % 2 === 0)).toEqual([1, 1, 1]);
    expect(new Set(seen).size).toBe(4);
  });

  it('is refused where it cannot be meant', async () => {
    const balance = { kind: 'oversample' };
    await expect(readRecipe({ ...recipe, balance })).rejects.toThrow(
      'or data.repeat to be true: the share of each class in data.dataSets says how many',
    );
    const repeat = { ...recipe, data: { ...recipe.data, repeat: true } };
    expect(await readRecipe({ ...repeat, balance })).toMatchObject({ balance });
    await expect(readRecipe({ ...repeat, balance: { kind: 'smote' } })).rejects.toThrow(
      'since SMOTE makes rows of features',
    );
    await expect(readRecipe({ ...forest, balance: { kind: 'smot' } })).rejects.toThrow(
      'did you mean smote?',
    );
    const bank = {
      ...repeat,
      network: { name: 'wadnet' },
      encoder: {},
      data: {
        dataSets: [{ preset: 'andi2020', task: 2, dim: 1 }],
        tracksPerEpoch: 9,
        repeat: true,
      },
      lengths: [10],
      augmentation: 'none',
    };
    await expect(readRecipe({ ...bank, balance })).rejects.toThrow(
      'it to be left out with lengths and simulated tracks',
    );
  });
});

describe('fitRecipeFolds', () => {
  const simulated = gajowczyk2021({ count: 60, seed: 5 }).generate();
  const file = textColumn(Array.from({ length: 60 }, (_, i) => `film ${i % 6}`));
  const tracks = new Tracks({
    ...simulated.data,
    trackColumns: { ...simulated.trackColumns, file },
  });
  const output = { kind: 'classes', classes: ['ND', 'DM', 'CD', 'FBM'] } as const;
  const labelled = { tracks, output };
  const folds = { count: 3, group: 'file' };

  it.each<[string, Recipe]>([
    ['networks', { ...recipe, epochs: 1, data: { folder: 'mine', test: 0 }, folds }],
    ['forests', { ...forest, data: { folder: 'mine', test: 0 }, folds }],
  ])('trains %s, each of which is that of its fold alone', async (_, given) => {
    const { model, folds: results } = await fitRecipeFolds(given, { labelled });
    expect(model.models).toHaveLength(3);
    const [, second] = results;
    expect((await recipeIn(second)).folds).toEqual({ ...folds, only: 2 });
    const alone = await fitRecipe(await recipeIn(second), { labelled });
    expect(learnt(alone)).toEqual(learnt(second));
    alone.model.dispose();
    // Each track is in one fold, and no film in two.
    const films = results.map(({ validation }) => {
      const { codes, dictionary } = validation!.trackColumns.file as ReturnType<typeof textColumn>;
      return [...new Set(Array.from(codes, (code) => dictionary[code]))];
    });
    expect(films.flat().sort()).toEqual([0, 1, 2, 3, 4, 5].map((k) => `film ${k}`));
    expect(results.reduce((sum, { validation }) => sum + validation!.count, 0)).toBe(60);
    expect((await model.predict(tracks)).labels).toHaveLength(60);
    model.dispose();
  });

  it('parts the test by whole groups, too', async () => {
    const data = { folder: 'mine' };
    const filesOf = (set: Tracks) => {
      const { codes, dictionary } = set.trackColumns.file as ReturnType<typeof textColumn>;
      return new Set(Array.from(codes, (code) => dictionary[code]));
    };
    for (const only of [1, 2, 3]) {
      const given: Recipe = { ...forest, data, folds: { ...folds, only } };
      const { source, validation, test } = await recipeTracks(given, { labelled });
      const sets = [source.take(0, 0, source.perEpoch), validation!, test!].map(filesOf);
      expect(sets.every(({ size }) => size > 0)).toBe(true);
      // Each of the six films is in one of the three.
      expect(sets.reduce((sum, { size }) => sum + size, 0)).toBe(6);
    }
  });

  it('leaves nothing in memory where a fold fails', async () => {
    const before = tf.memory().numTensors;
    const given = { ...recipe, epochs: 1, data: { folder: 'mine', test: 0 }, folds: { count: 2 } };
    const failing = fitRecipeFolds(given, {
      labelled,
      onFold: () => {
        throw new Error('enough');
      },
    });
    await expect(failing).rejects.toThrow('enough');
    expect(tf.memory().numTensors).toBe(before);
    await expect(fitRecipeFolds(recipe)).rejects.toThrow('folds is missing');
    await expect(fitRecipeFolds({ ...given, folds: { count: 2, only: 1 } })).rejects.toThrow(
      'folds.only is 1: expected it to be left out',
    );
  });
});
