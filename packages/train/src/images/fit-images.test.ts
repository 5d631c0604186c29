import { useBackend } from '@diffusion/backends';
import { liposomes } from '@diffusion/simulate';
import { frameImages, type Images, selectImages } from '@diffusion/tracks';
import { liposomeAugmentation } from '../augment/augment-images.ts';
import { readyImageRecipe, readyImageRecipes } from '../node/ready-recipes.ts';
import { fitImageRecipe, fitImageRecipeFolds } from './fit-image-recipe.ts';
import { type FitImagesOptions, fitImages } from './fit-images.ts';
import type { ImageRecipe } from './image-recipe.ts';
import { imageSource } from './image-source.ts';
import { readImageRecipe } from './read-image-recipe.ts';
import { recipeImages } from './recipe-images.ts';

const frame = { view: 'mask', size: 16 } as const;
const shares = { full: 6, uncertain: 1, empty: 3 };
const draw = (count: number): Images =>
  frameImages(
    liposomes({ problem: 'encapsulation', count, seed: 1, size: 24, shares }).generate(),
    frame,
  );
const images = draw(60);
const few = selectImages(images, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
const network = { name: 'lipnet', options: { variant: '2', filters: 4, units: 8 } };
const recipe = { epochs: 2, batchSize: 8, learningRate: 0.003, seed: 1 } as const;
const usual: FitImagesOptions = { network, images, frame, recipe, data: {} };

const json: ImageRecipe = {
  format: 'diffusion-recipe',
  version: 1,
  data: { folder: 'liposomes' },
  frame,
  network: { ...network, options: { ...network.options, dropout: 0.1 } },
  ...recipe,
  balance: { kind: 'oversample' },
  augmentation: { flip: true },
};

describe('fitImages', () => {
  beforeAll(() => useBackend('wasm'));

  it('learns what fills a liposome', async () => {
    const { model, history } = await fitImages({
      ...usual,
      recipe: { ...recipe, epochs: 20, schedule: { name: 'constant' } },
      validation: draw(90),
    });
    expect(history).toHaveLength(20);
    expect(history[19].loss).toBeLessThan(0.6 * history[0].loss);
    expect(history[19].validationScore).toBeGreaterThan(0.8);
    expect(model.card.output.classes).toEqual(['empty', 'full', 'uncertain']);
    const { labels } = images;
    const { codes: predicted } = await model.predict(images);
    expect([...predicted!].filter((code, i) => code === labels!.codes[i]).length).toBeGreaterThan(
      48,
    );
    model.dispose();
  });

  it.each([
    ['nothing', {}],
    [
      'what the thesis does',
      { balance: { kind: 'oversample' }, augmentation: liposomeAugmentation },
    ],
    ['class weights and SGD', { balance: { kind: 'class-weights' }, optimizer: { name: 'sgd' } }],
    [
      'label smoothing and the dropping of 20 %',
      { loss: { labelSmoothing: 0.1 }, balance: { kind: 'undersample', share: 0.2 } },
    ],
  ])('gives the same bits again, with %s', async (_, change) => {
    const fit = () =>
      fitImages({
        ...usual,
        images: few,
        recipe: { ...recipe, ...change } as FitImagesOptions['recipe'],
      });
    const [one, two] = [await fit(), await fit()];
    expect(one.history).toEqual(two.history);
    const weights = async ({ model }: typeof one) =>
      Promise.all(model.network.getWeights().map((weight) => weight.data()));
    expect(await weights(one)).toEqual(await weights(two));
    for (const { model } of [one, two]) model.dispose();
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const onBatch = () => stop.abort(new Error('enough'));
    await expect(fitImages({ ...usual, onBatch, signal: stop.signal })).rejects.toThrow('enough');
  });

  it.each<[object, string]>([
    [{ network: 'xresnet' }, "network 'xresnet' takes tracks: expected one that takes images"],
    [
      { network: { name: 'lipnet', options: { size: 28 } } },
      'lipnet option size is 28: expected 16',
    ],
    [{ frame: { view: 'mask', size: 28 } }, 'images are 16 × 16: expected 28 × 28'],
    [{ images: selectImages(images, [0]) }, 'there is one class, '],
    [{ images: selectImages(images, []) }, 'there are no images to train on'],
    [
      {
        images: frameImages([{ width: 1, height: 1, pixels: new Float32Array(1) }], {
          ...frame,
          view: 'surroundings',
        }),
      },
      'images have no labels',
    ],
    [{ recipe: { ...recipe, balance: { kind: 'smote' } } }, 'balance.kind is "smote"'],
    [{ recipe: { ...recipe, augmentation: { rotate: true } } }, 'rotate'],
    [{ recipe: { ...recipe, stopping: {} } }, 'expected validation'],
    [{ recipe: { ...recipe, shards: 2 } }, 'shards'],
    [{ images: undefined }, 'images is missing: expected labelled images'],
    [{ image: images }, 'image'],
  ])('says what is wrong: %#', async (change, message) => {
    await expect(fitImages({ ...usual, ...change } as FitImagesOptions)).rejects.toThrow(message);
  });
});

describe('imageSource', () => {
  it('has every image once in an epoch, or every class as often as the largest', () => {
    const column = ({ imageColumns }: Images) => Array.from(imageColumns.height as Float64Array);
    const numbered = selectImages(
      images,
      Array.from({ length: 60 }, (_, i) => i),
    );
    (numbered.imageColumns.height as Float64Array).set(Array.from({ length: 60 }, (_, i) => i));
    const plain = imageSource(numbered, 1);
    const epochs = [0, 1].map((epoch) => column(plain.take(epoch, 0, 60)));
    for (const epoch of epochs) {
      expect([...epoch].sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, i) => i));
    }
    expect(epochs[0]).not.toEqual(epochs[1]);
    const balanced = imageSource(numbered, 1, { kind: 'oversample' });
    expect(balanced.perEpoch).toBe(3 * 36);
    const { labels } = balanced.take(3, 0, 108);
    for (const code of [0, 1, 2]) {
      expect(labels!.codes.filter((each) => each === code)).toHaveLength(36);
    }
    expect(balanced.take(3, 50, 60).pixels).toEqual(
      selectImages(
        balanced.take(3, 0, 108),
        Array.from({ length: 10 }, (_, i) => 50 + i),
      ).pixels,
    );
  });
});

describe('fitImageRecipe', () => {
  beforeAll(() => useBackend('wasm'));

  it('parts the images by class, and its card trains the same again', async () => {
    const first = await fitImageRecipe(json, { images });
    expect([first.images.count, first.validation!.count, first.test!.count]).toEqual([42, 9, 9]);
    const counts = (of: Images) =>
      [0, 1, 2].map((k) => of.labels!.codes.filter((c) => c === k).length);
    expect(counts(first.images)).toEqual([13, 25, 4]);
    const again = await fitImageRecipe(readImageRecipe(first.model.card), { images });
    expect(again.history).toEqual(first.history);
    for (const { model } of [first, again]) model.dispose();
  });

  it('puts drawn liposomes of the rare classes behind those that it learns from, and nowhere else', async () => {
    const artificial = { problem: 'encapsulation', ambiguity: 0.25, size: 24 } as const;
    const { balance: _, ...without } = json;
    const fit = (change: object) =>
      fitImageRecipe(readImageRecipe({ ...without, epochs: 1, ...change }), { images });
    const batches: number[] = [];
    const first = await fitImageRecipe(readImageRecipe({ ...without, artificial }), {
      images,
      onBatch: ({ batches: of }) => void batches.push(of),
    });
    // Of 25 full ones, 4 uncertain and 13 empty ones, three times 25 are learnt from, in batches of 8.
    expect(batches[0]).toBe(Math.ceil(75 / 8));
    expect([first.images.count, first.validation!.count, first.test!.count]).toEqual([42, 9, 9]);
    const card = { ...first.model.card.recipe, epochs: 1 };
    const [again, once, plain] = [await fit(card), await fit({ artificial }), await fit({})];
    expect(again.history).toEqual(once.history);
    expect(once.history[0].loss).not.toBe(plain.history[0].loss);
    for (const { model } of [first, again, once, plain]) model.dispose();
  });

  it('draws its own images where it says how', async () => {
    const drawn = {
      liposomes: { problem: 'encapsulation', size: 24, shares },
      count: 40,
      test: 0,
    } as const;
    const {
      model,
      test,
      validation,
      images: learnt,
    } = await fitImageRecipe({
      ...json,
      data: drawn,
    });
    expect(test).toBeUndefined();
    expect(learnt.count + validation!.count).toBe(40);
    expect(learnt.width).toBe(16);
    model.dispose();
    await expect(fitImageRecipe(json)).rejects.toThrow("data.folder is 'liposomes': expected");
  });

  it('has the images of a fold in no other, with the classes in the same shares', () => {
    const parts = [1, 2, 3].map((only) =>
      recipeImages(images, { ...json, folds: { count: 3, only } }),
    );
    for (const { images: learnt, validation } of parts) {
      expect(learnt.count + validation!.count).toBe(60);
      const each = validation!.labels!.codes;
      expect([0, 1, 2].map((k) => each.filter((code) => code === k).length)).toEqual([6, 12, 2]);
    }
    const all = parts.flatMap(({ validation }) =>
      Array.from(validation!, ({ pixels }) => pixels.join()),
    );
    expect(new Set(all).size).toBe(60);
  });

  it('keeps a group in one fold', () => {
    const grid = Float64Array.from({ length: 60 }, (_, i) => i % 7);
    const grouped = frameImages(images, { view: 'surroundings', size: 16 });
    const withGrid = selectImages(
      grouped,
      Array.from({ length: 60 }, (_, i) => i),
    );
    Object.assign(withGrid.imageColumns, { grid });
    const seen = [1, 2, 3].map((only) => {
      const { validation } = recipeImages(withGrid, {
        ...json,
        folds: { count: 3, only, group: 'grid' },
      });
      return [...new Set(validation!.imageColumns.grid as Float64Array)];
    });
    expect(seen.flat().sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('finds the number of epochs first, which all folds then have, and joins them', async () => {
    const folds = { ...json, epochs: 4, stopping: { patience: 1 }, folds: { count: 2 } };
    const told: number[] = [];
    const {
      model,
      folds: each,
      epochs,
      stopping,
    } = await fitImageRecipeFolds(folds, {
      images,
      onFold: (fold) => void told.push(fold),
    });
    expect(told).toEqual([1, 2]);
    const losses = stopping!.map(({ validationLoss }) => validationLoss!);
    expect(losses.indexOf(Math.min(...losses)) + 1).toBe(epochs);
    for (const { history } of each) expect(history).toHaveLength(epochs);
    const card = each[1].model.card.recipe;
    expect([card.epochs, card.stopping, card.folds]).toEqual([
      epochs,
      undefined,
      { count: 2, only: 2 },
    ]);
    expect(model.models).toHaveLength(2);
    // Each by its own card.
    const again = await fitImageRecipe(readImageRecipe(card), { images });
    expect(again.history).toEqual(each[1].history);
    for (const one of [model, again.model]) one.dispose();
  });

  it('tells before the work that there are too few images for the folds', async () => {
    const few = { ...json, folds: { count: 7 }, stopping: {} };
    const onBatch = () => {
      throw new Error('a batch');
    };
    await expect(fitImageRecipeFolds(few, { images, ofFold: () => ({ onBatch }) })).rejects.toThrow(
      "folds is 7: expected at most 6, the number of images with label 'uncertain'",
    );
  });
});

describe('readImageRecipe', () => {
  it('reads those that come with the package: LipNets of as many parameters as their layers have', async () => {
    await useBackend('wasm');
    // Of the thesis' Figure 13, with 128 dense units: convolutions, dense layers.
    const convolution = (inputs: number) => 9 * 32 * inputs + 32;
    const [first, next] = [convolution(1), convolution(32)];
    const dense = (side: number) => side * side * 32 * 128 + 128 + 3 * 128 + 3;
    const expected: Record<string, number> = {
      'lipnet-1': first + dense(14),
      'lipnet-2': first + next + dense(7),
      'lipnet-4': first + 3 * next + dense(7),
      'lipnet-4c': first + 5 * next + 3 * 32 + 3,
      'lipnet-6': first + 5 * next + dense(4),
    };
    expect(await readyImageRecipes()).toEqual(Object.keys(expected));
    for (const [name, parameters] of Object.entries(expected)) {
      const ready = await readyImageRecipe(name);
      expect(ready.name).toBe(name);
      const data = {
        liposomes: { problem: 'lamellarity', shares: { unilamellar: 1, multilamellar: 1 } },
        count: 8,
        validation: 0.25,
        test: 0,
      } as const;
      // A spline takes its time within Jest.
      const quick = { data, epochs: 1, batchSize: 3, augmentation: { flip: true } };
      const { model } = await fitImageRecipe({ ...ready, ...quick });
      const twoClasses = name === 'lipnet-4c' ? 33 : 129;
      expect([name, model.network.countParams()]).toEqual([name, parameters - twoClasses]);
      expect(ready.augmentation).toEqual(liposomeAugmentation);
      model.dispose();
    }
  });

  it('takes null for nothing', () => {
    const read = readImageRecipe({ ...json, stopping: null, balance: null });
    expect([read.stopping, read.balance, read.augmentation]).toEqual([
      undefined,
      undefined,
      json.augmentation,
    ]);
  });

  it.each<[object, string]>([
    [
      { frame: { view: 'all', size: 28 } },
      'f.json: frame.view is "all": expected one of surroundings',
    ],
    [
      { frame: { view: 'mask', size: 0 } },
      'f.json: frame.size is 0: expected an integer of at least 1',
    ],
    [{ data: { folder: '' } }, 'f.json: data.folder is ""'],
    [{ data: { folder: 'a', test: 1 } }, 'f.json: data.test is 1: expected a share'],
    [{ data: { folder: 'a', count: 3 } }, 'f.json: data.count is 3: expected a known name'],
    [{ data: { dataSets: [] } }, 'f.json: data is'],
    [
      { data: { liposomes: { problem: 'size' }, count: 3 } },
      'f.json: data.liposomes.problem is "size"',
    ],
    [
      { data: { liposomes: { seed: 3 }, count: 3 } },
      'f.json: data.liposomes.seed is 3: expected it to be left out',
    ],
    [{ artificial: { problem: 'size' } }, 'f.json: artificial.problem is "size"'],
    [
      { artificial: { problem: 'lamellarity', shares: {} } },
      'f.json: artificial.shares is an object: expected it to be left out',
    ],
    [{ network: { name: 'xresnet' } }, "network 'xresnet' takes tracks"],
    [{ network: { name: 'lipnet', options: { dropout: 2 } } }, 'lipnet option dropout is 2'],
    [{ balance: { kind: 'smote' } }, 'balance.kind is "smote"'],
    [{ augmentation: { rotation: 200 } }, 'rotation is 200: expected a number from 0 to 180'],
    [{ folds: { count: 1 } }, 'f.json: folds.count is 1'],
    [{ stopping: { patience: 2 }, data: { folder: 'a', validation: 0 } }, 'expected validation'],
    [{ epoch: 3 }, 'f.json: epoch is 3: expected a known name; the nearest is epochs'],
    [{ version: 2 }, 'f.json: version is 2'],
  ])('names what is wrong and where: %j', (change, message) => {
    expect(() => readImageRecipe({ ...json, ...change }, { source: 'f.json' })).toThrow(message);
  });
});
