import { readKeptRun } from './kept-run.ts';

const recipe = {
  format: 'diffusion-recipe',
  version: 1,
  data: { folder: 'data' },
  network: { name: 'cnn', options: {} },
  epochs: 2,
  batchSize: 8,
  learningRate: 0.01,
  seed: 1,
  backend: 'wasm',
};
const run = { recipe, origin: { folder: '/data', files: { 'tracks.csv': '00' } } };

describe('the run of a checkpoint', () => {
  it('is given back when it is one', async () => {
    expect(await readKeptRun(run, 'c')).toEqual(run);
    const folds = { ...run, recipe: { ...recipe, folds: { count: 3 } }, fold: 2 };
    expect(await readKeptRun(folds, 'c')).toEqual(folds);
  });

  it.each<[what: string, run: unknown, message: string]>([
    ['nothing', null, 'run is null'],
    ['no recipe', { ...run, recipe: undefined }, 'run.recipe is missing'],
    ['a recipe that is a text', { ...run, recipe: 'constructor' }, 'run.recipe is "constructor"'],
    [
      'a network without a name',
      { ...run, recipe: { ...recipe, network: { options: {} } } },
      'network.name is missing',
    ],
    [
      'data without specifications',
      { ...run, recipe: { ...recipe, data: {} } },
      'expected dataSets, for simulated tracks, or folder',
    ],
    ['no epoch', { ...run, recipe: { ...recipe, epochs: 0 } }, 'epochs is 0'],
    [
      'a rate that is none',
      { ...run, recipe: { ...recipe, learningRate: '1' } },
      'learningRate is "1"',
    ],
    [
      'a classifier',
      {
        ...run,
        recipe: {
          format: 'diffusion-recipe',
          version: 1,
          data: { folder: 'data' },
          classifier: { name: 'forest' },
          features: 'unit-free',
          seed: 1,
        },
      },
      'run.recipe.classifier',
    ],
    ['no origin', { recipe }, 'run.origin is missing'],
    ['files that are a text', { ...run, origin: { files: 'x' } }, 'run.origin.files is "x"'],
    [
      'a folder that is none',
      { ...run, origin: { folder: 3, files: {} } },
      'run.origin.folder is 3',
    ],
    [
      'a time that is none',
      { ...run, time: { seconds: 1, stepping: 'x', waited: 0 } },
      'run.time.stepping is "x"',
    ],
    ['a start that is none', { ...run, origin: { start: 3, files: {} } }, 'run.origin.start is 3'],
    ['a fold of none', { ...run, fold: 1 }, 'run.fold is 1'],
    [
      'a fold that there is not',
      { ...run, recipe: { ...recipe, folds: { count: 3 } }, fold: 4 },
      'run.fold is 4',
    ],
  ])('is refused with %s', async (_, other, message) => {
    const read = readKeptRun(other, 'c');
    await expect(read).rejects.toThrow(message);
    await expect(read).rejects.toThrow('c: is not of a training of this command');
  });
});
