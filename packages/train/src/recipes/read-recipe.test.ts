import { TrainError } from '../errors.ts';
import { readRecipe } from './read-recipe.ts';

const network = {
  format: 'diffusion-recipe',
  version: 1,
  data: { dataSets: [{ preset: 'gajowczyk2021' }], tracksPerEpoch: 64 },
  network: { name: 'xresnet', options: { filters: 8 } },
  encoder: { kind: 'motion', features: ['alpha'] },
  epochs: 2,
  batchSize: 16,
  learningRate: 0.01,
  seed: 1,
};
const classifier = {
  format: 'diffusion-recipe',
  version: 1,
  data: { folder: 'tracks' },
  classifier: { name: 'forest', options: { trees: 9 } },
  features: 'unit-free',
  seed: 1,
};
const mixture = {
  classes: [{ model: 'brownian' }, { model: 'fbm', parameters: { alpha: 0.5 } }],
  length: 20,
  dim: 2,
};
const length = {
  dataSets: [{ preset: 'andi2020', task: 2, dim: 1 }],
  length: { min: 10, max: 50 },
  pointsPerBatch: 100,
  tracksPerBatch: { min: 2, max: 8 },
};

describe('readRecipe', () => {
  it.each<[what: string, recipe: object]>([
    ['of a network', network],
    ['of a classifier', classifier],
    [
      'with a mixture',
      { ...network, data: { dataSets: [mixture], tracksPerEpoch: 9, repeat: true } },
    ],
    ['with batches of one length', { ...network, data: length }],
    [
      'with all there is to say',
      {
        ...network,
        name: 'all',
        about: 'everything',
        backend: 'wasm',
        folds: { count: 5, group: 'file', only: 2 },
        calibration: { tracks: 20_000, coverage: 0.8 },
        loss: { classes: 'mse', labelSmoothing: 0.1 },
        optimizer: { name: 'adamw', weightDecay: 0.01, clipNorm: 1 },
        schedule: { name: 'plateau', factor: 5, patience: 2, stopAfter: 3 },
        stopping: { patience: 3 },
        selection: { kind: 'worst', share: 0.5 },
        averaging: 0.99,
        augmentation: 'none',
        shards: 2,
      },
    ],
  ])('takes one %s', async (_, recipe) => {
    expect(await readRecipe(recipe)).toEqual(recipe);
    const text = JSON.stringify(recipe);
    expect(await readRecipe(JSON.parse(text))).toEqual(JSON.parse(text));
  });

  it('takes the recipe in a card', async () => {
    expect(await readRecipe({ format: 'diffusion-model', recipe: network })).toEqual(network);
    expect(await readRecipe({ format: 'diffusion-ensemble', recipe: network })).toEqual(network);
    await expect(
      readRecipe({ format: 'diffusion-model', recipe: { epochs: 3 } }, { source: 'card.json' }),
    ).rejects.toThrow('card.json: recipe.format is missing: expected "diffusion-recipe"');
  });

  it.each<[change: object, message: string]>([
    [{ format: 'other' }, 'r.json: format is "other": expected "diffusion-recipe"'],
    [{ version: 2 }, 'r.json: version is 2: expected 1'],
    [
      { learningRat: 1 },
      'r.json: learningRat is 1: expected a known name; the nearest is learningRate',
    ],
    [{ name: 3 }, 'r.json: name is 3: expected a text'],
    [{ data: undefined }, 'r.json: data is missing: expected an object'],
    [{ data: {} }, 'r.json: data is an object: expected dataSets, for simulated tracks, or folder'],
    [{ data: { folder: '' } }, 'r.json: data.folder is "": expected the path of a folder'],
    [{ data: { folder: 'a', test: 1 } }, 'r.json: data.test is 1: expected a share of the tracks'],
    [
      { data: { folder: 'a', test: 0.5, validation: 0.5 } },
      'r.json: data.test is 0.5: expected less than what validation leaves',
    ],
    [
      { data: { dataSets: [], tracksPerEpoch: 3 } },
      'r.json: data.dataSets is []: expected a list of at least one specification of a data set',
    ],
    [
      { data: { ...network.data, trackPerEpoch: 3 } },
      'r.json: data.trackPerEpoch is 3: expected a known name; the nearest is tracksPerEpoch',
    ],
    [
      { data: { ...network.data, tracksPerEpoch: 0.5 } },
      'r.json: data.tracksPerEpoch is 0.5: expected an integer of at least 1',
    ],
    [{ data: { ...network.data, repeat: 1 } }, 'r.json: data.repeat is 1: expected true or false'],
    [
      { data: { ...network.data, dataSets: [{ preset: 'gajowczyk2021', count: 3 }] } },
      'r.json: data.dataSets[0].count is 3: expected it to be left out',
    ],
    [
      {
        data: {
          dataSets: [{ ...mixture, classes: [{ model: 'fbm', parameters: { alpha: 3 } }] }],
          tracksPerEpoch: 3,
        },
      },
      'r.json: data.dataSets[0].classes[0].parameters.alpha is 3: expected',
    ],
    [
      { data: { dataSets: [{ preset: 'andi2020', task: 3, dim: 1 }], tracksPerEpoch: 3 } },
      'r.json: data.dataSets[0] is an object: expected a data set with one answer per track',
    ],
    [{ data: { ...length, length: { min: 9, max: 5 } } }, 'r.json: data.length.max is 5: expected'],
    [
      { data: { ...length, tracksPerEpoch: 3 } },
      'r.json: data.tracksPerEpoch is 3: expected a known name; the nearest is tracksPerBatch',
    ],
    [{ folds: { count: 1 } }, 'r.json: folds.count is 1: expected an integer of at least 2'],
    [{ folds: { count: 3, only: 4 } }, 'r.json: folds.only is 4: expected a fold from 1 to 3'],
    [{ network: { name: 'net' } }, "r.json: network.name: model 'net' does not exist"],
    [
      { network: { name: 'xresnet', options: { filter: 8 } } },
      'r.json: network.options: xresnet has no option "filter": did you mean "filters"?',
    ],
    [{ encoder: { kind: 'moton' } }, 'r.json: encoder.kind is "moton": expected one of motion'],
    [{ encoder: { length: 1 } }, 'r.json: encoder.length is 1: expected an integer of at least 2'],
    [
      { encoder: { kind: 'motion', features: ['speed'] } },
      'r.json: encoder.features[0] is "speed": expected the name of a feature',
    ],
    [{ epochs: '3' }, 'r.json: epochs is "3": expected an integer of at least 1'],
    [{ learningRate: null }, 'r.json: learningRate is null: expected a positive number'],
    [{ seed: 0.5 }, 'r.json: seed is 0.5: expected an integer'],
    [{ shards: 17 }, 'r.json: shards is 17: expected at most batchSize, 16'],
    [
      { loss: { classes: 'msee' } },
      'r.json: loss.classes is "msee": expected cross-entropy, mse or',
    ],
    [{ loss: { smoothing: 1 } }, 'r.json: smoothing is 1: unknown option'],
    [
      { loss: { exponent: 'mse' } },
      'r.json: loss.exponent is "mse": expected it only with an output',
    ],
    [
      { data: { ...network.data, validation: 0 }, schedule: { name: 'plateau' } },
      "r.json: schedule.name is 'plateau': expected validation tracks to go by",
    ],
    [{ learningRate: Number.POSITIVE_INFINITY }, 'r.json: learningRate is Infinity: expected a'],
    [{ shards: [] }, 'r.json: shards is []: expected an integer of at least 1'],
    [{ averaging: '0.9' }, 'r.json: averaging is "0.9": expected 0 ≤ averaging < 1'],
    [{ averaging: [] }, 'r.json: averaging is []: expected 0 ≤ averaging < 1'],
    [{ averaging: null }, 'r.json: averaging is null: expected 0 ≤ averaging < 1'],
    [{ balance: null }, 'r.json: balance is null: expected an object'],
    [{ balance: 5 }, 'r.json: balance is 5: expected an object'],
    [{ balance: { kind: 'foo' } }, 'r.json: balance.kind is "foo": expected oversample'],
    [{ loss: null }, 'r.json: loss is null: expected an object'],
    [{ augmentation: null }, "r.json: augmentation is null: expected 'none', or an object"],
    [
      { data: length, folds: { count: 3 } },
      'r.json: folds is an object: expected data with tracksPerEpoch, which folds need, or a folder',
    ],
    [
      { data: { ...network.data, answers: ['label'] } },
      'r.json: data.answers[0] is "label": expected classes or exponent',
    ],
    [
      { data: { ...network.data, answers: ['classes', 'classes'] } },
      'r.json: data.answers[1] is "classes": expected each answer once',
    ],
    [
      { data: { ...length, dataSets: [{ preset: 'gajowczyk2021' }] } },
      'r.json: data.dataSets[0] is an object: expected a data set that takes any length, or tracksPerEpoch',
    ],
    [
      { data: { ...length, length: { law: 'normal', min: 10, max: 20 } } },
      'r.json: data.length.law is "normal": expected uniform or log-uniform',
    ],
    [{ augmentation: { rotat: true } }, 'r.json: augmentation.rotat is true: unknown option'],
    [{ calibration: true }, 'r.json: calibration is true: expected an object'],
    [{ calibration: { tracks: 199 } }, 'r.json: calibration.tracks is 199: expected an integer of'],
    [
      { calibration: { tracks: 900, coverage: '0.9' } },
      'r.json: calibration.coverage is "0.9": expected 0.5 ≤ coverage < 1',
    ],
    [
      {
        calibration: { tracks: 900 },
        data: {
          dataSets: [
            {
              classes: [
                { label: 'a', model: 'brownian' },
                { label: 'b|c', model: 'fbm', parameters: { alpha: 0.5 } },
              ],
              length: 30,
              dim: 2,
            },
          ],
          tracksPerEpoch: 9,
        },
      },
      'r.json: data.dataSets[0].classes[1].label is "b|c": expected no |',
    ],
    [
      { calibration: { tracks: 900, coverage: 1 } },
      'r.json: calibration.coverage is 1: expected 0.5 ≤ coverage < 1',
    ],
    [
      { calibration: { tracks: 900, level: 1 } },
      'r.json: calibration.level is 1: expected a known',
    ],
    [
      { calibration: { tracks: 900 }, data: { folder: 'a' } },
      'r.json: calibration is an object: expected data with dataSets',
    ],
    [
      {
        calibration: { tracks: 900 },
        folds: { count: 3 },
        data: { ...network.data, repeat: true },
      },
      'r.json: calibration is an object: expected it to be left out with folds',
    ],
    [
      {
        calibration: { tracks: 900 },
        data: { dataSets: [{ preset: 'andi2020', task: 1, dim: 1 }], tracksPerEpoch: 9 },
      },
      'r.json: calibration is an object: expected data sets with classes',
    ],
  ])('refuses %j', async (change, message) => {
    const wrong = readRecipe({ ...network, ...change }, { source: 'r.json' });
    await expect(wrong).rejects.toThrow(TrainError);
    await expect(wrong).rejects.toThrow(message);
  });

  it('takes null for no calibration', async () => {
    expect(await readRecipe({ ...network, calibration: null })).not.toHaveProperty('calibration');
  });

  it.each<[change: object, message: string]>([
    [
      { classifier: { name: 'tree' } },
      'classifier.name is "tree": expected one of forest, boosting, svm',
    ],
    [{ classifier: { name: 'max-test' } }, 'classifier.name is "max-test": expected one of forest'],
    [
      { classifier: { name: 'forest', options: { trees: 0 } } },
      'classifier.options: forest option trees is 0',
    ],
    [{ features: [3] }, 'features[0] is 3: expected the name of a feature'],
    [{ epochs: 3 }, 'epochs is 3: expected a known name'],
  ])('refuses %j of a classifier', async (change, message) => {
    await expect(readRecipe({ ...classifier, ...change })).rejects.toThrow(message);
  });

  it('refuses what is no object', async () => {
    await expect(readRecipe([], { source: 'r.json' })).rejects.toThrow(
      'r.json: the recipe is []: expected an object',
    );
  });
});
