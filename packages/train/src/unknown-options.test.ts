import { useBackend } from '@diffusion/backends';
import { gajowczyk2021 } from '@diffusion/simulate';
import { noAugmentation } from './augment/augment.ts';
import { TrainError } from './errors.ts';
import { fit } from './fit.ts';
import { fitFolds } from './fit-folds.ts';
import { freshTracks } from './fresh-tracks.ts';
import { train } from './train.ts';

const set = gajowczyk2021({ count: 16, seed: 1 });
const recipe = { epochs: 1, batchSize: 8, learningRate: 1e-3, seed: 1 };
const good = {
  network: { name: 'xresnet', options: { filters: 8, depth: 1 } },
  encoder: { kind: 'motion', dim: 2, length: 600 },
  output: { kind: 'classes', classes: [...set.classes] },
  source: freshTracks(set, 16),
  recipe,
  data: {},
};
/** As plain JavaScript may call it. */
const called = (callee: unknown, options?: object): Promise<unknown> =>
  (callee as (options?: object) => Promise<unknown>)(options);

beforeAll(() => useBackend('wasm'));

describe('fit as plain JavaScript calls it', () => {
  it.each([
    ['options', undefined, 'options is undefined: expected an object; fit takes network, encoder'],
    [
      'an option that there is not',
      { validaton: set.generate() },
      'validaton is an object: unknown option; did you mean validation? fit takes',
    ],
    [
      'a field of the recipe that there is not',
      { recipe: { ...recipe, epoch: 3 } },
      'epoch is 3: unknown option; did you mean epochs? recipe takes',
    ],
    [
      'a field of the augmentation that there is not',
      { recipe: { ...recipe, augmentation: { ...noAugmentation, rotation: true } } },
      'rotation is true: unknown option; did you mean rotate? augmentation takes',
    ],
    ['a recipe', { recipe: undefined }, 'recipe is missing: expected an object with epochs'],
    ['a source', { source: undefined }, 'source is missing: expected a source of tracks'],
    ['tracks as a source', { source: set.generate() }, 'source is an object: expected a source'],
    [
      'an output',
      { output: undefined },
      "output is missing: expected { kind: 'classes', classes }",
    ],
    ['classes alone', { output: ['a', 'b'] }, 'output is ["a", "b"]: expected { kind:'],
    ['a network', { network: undefined }, 'network is missing: expected a network, or its name'],
    [
      'options of a network under another name',
      { network: { name: 'xresnet', option: {} } },
      'option is an object: unknown option; did you mean options? network takes name, options',
    ],
    ['a network without a name', { network: {} }, 'network.name is undefined: expected'],
    [
      'an encoder by its name',
      { encoder: 'motion' },
      `encoder is "motion": expected an encoder or its specification, such as { kind: 'motion', dim: 2, length: 600 }`,
    ],
  ])('names %s', async (_, change, message) => {
    const failed = called(fit, change && { ...good, ...change });
    await expect(failed).rejects.toThrow(TrainError);
    await expect(failed).rejects.toThrow(message);
  });

  it('refuses a field of the encoder that there is not', async () => {
    const failed = called(fit, { ...good, encoder: { ...good.encoder, feature: [] } });
    await expect(failed).rejects.toThrow('feature is []: unknown option; did you mean features?');
  });

  it('takes a network by its name alone, which it looks for', async () => {
    await expect(called(fit, { ...good, network: 'xresnett' })).rejects.toThrow(
      "model 'xresnett' does not exist: expected one of",
    );
    await expect(called(fit, { ...good, network: 'xresnett' })).rejects.toThrow(
      'did you mean xresnet?',
    );
    const { model } = (await called(fit, {
      ...good,
      network: 'cnn',
      encoder: { ...good.encoder, kind: 'standardized' },
    })) as Awaited<ReturnType<typeof fit>>;
    expect(model.card.network.name).toBe('cnn');
    model.dispose();
  });
});

describe('train and fitFolds as plain JavaScript calls them', () => {
  it('name what there is not and what is missing', async () => {
    await expect(called(train, { ...good, data: {} })).rejects.toThrow(
      'data is an object: unknown option',
    );
    await expect(called(train, { recipe })).rejects.toThrow('network is missing');
    const { source: _, ...folds } = { ...good, tracks: set.generate(), folds: 2 };
    await expect(called(fitFolds, { ...folds, fold: 3 })).rejects.toThrow(
      'fold is 3: unknown option; did you mean folds? fitFolds takes',
    );
    await expect(called(fitFolds, good)).rejects.toThrow('source is an object: unknown option');
    await expect(called(fitFolds, { ...folds, tracks: undefined })).rejects.toThrow(
      new TrainError('tracks is undefined: expected Tracks'),
    );
    await expect(called(fitFolds, { ...folds, recipe: undefined })).rejects.toThrow(
      'recipe is missing',
    );
  });
});
