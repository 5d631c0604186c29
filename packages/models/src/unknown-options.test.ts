import { gajowczyk2021 } from '@diffusion/simulate';
import { ruleModel } from './classical/classical-model.ts';
import { fitClassical } from './classical/fit-classical.ts';
import { defineEncoder } from './encode/define-encoder.ts';
import { encoder } from './encode/encoder.ts';
import { standardFeatures } from './encode/standard-features.ts';
import { ModelError } from './errors.ts';
import { modelFiles, modelFromFiles } from './files/artifacts.ts';
import { defineNetwork } from './networks/define-network.ts';
import { loadModel } from './node/load-model.ts';
import { predictParallel } from './parallel/predict-parallel.ts';

const tracks = gajowczyk2021({ count: 8, seed: 1 }).generate();
const rule = ruleModel({ kind: 'max-test', dim: 2 });

/** As plain JavaScript may call it. */
const called = (callee: unknown, ...given: unknown[]): unknown =>
  (callee as (...given: unknown[]) => unknown)(...given);

describe('loading and predicting as plain JavaScript calls them', () => {
  it('name an option that there is not', async () => {
    const files = await modelFiles(rule);
    for (const load of [
      () => called(modelFromFiles, files, 'm', { feature: [] }),
      () => called(loadModel, 'none', { feature: [] }),
    ]) {
      await expect(load()).rejects.toThrow(
        new ModelError(
          'feature is []: unknown option; did you mean features? loading a model takes encoders, networks, layers, encoder, features',
        ),
      );
    }
    await expect(called(rule.predict, tracks, { batch: 8 })).rejects.toThrow(
      new ModelError(
        'batch is 8: unknown option; did you mean batchSize? predict takes batchSize, onProgress',
      ),
    );
    await expect(called(rule.predict)).rejects.toThrow('tracks is undefined: expected Tracks');
    await expect(called(predictParallel, rule, tracks, { wrokers: 2 })).rejects.toThrow(
      new ModelError(
        'wrokers is 2: unknown option; did you mean workers? predictParallel takes workers, batchSize, onProgress',
      ),
    );
    await expect(called(predictParallel, rule, tracks)).rejects.toThrow('options is undefined');
    for (const workers of [undefined, null, '2']) {
      await expect(called(predictParallel, rule, tracks, { workers })).rejects.toThrow(
        /^workers is (undefined|null|"2"): expected an integer of at least 1/,
      );
    }
  });
});

describe('definitions as plain JavaScript writes them', () => {
  const steps = { name: 'steps', channels: () => 2, write: () => {} };

  it.each([
    [undefined, 'options is undefined: expected an object; defineEncoder takes name'],
    [{ ...steps, chanels: 2 }, 'chanels is 2: unknown option; did you mean channels?'],
    [{ ...steps, name: '' }, 'name is "": expected the encoder\'s name'],
    [{ ...steps, channels: 2 }, "channels of encoder 'steps' is 2: expected a function"],
    [{ ...steps, features: 1 }, "features of encoder 'steps' is 1: expected a function"],
    [{ ...steps, options: 'lag' }, 'options of encoder \'steps\' is "lag": expected declared'],
    [{ ...steps, write: undefined }, "write of encoder 'steps' is undefined: expected a function"],
  ])('refuse the encoder %j', (definition, message) => {
    expect(() => called(defineEncoder, definition)).toThrow(ModelError);
    expect(() => called(defineEncoder, definition)).toThrow(message);
  });

  const tiny = { name: 'tiny', options: {}, build: () => {} };

  it.each([
    [undefined, 'options is undefined: expected an object; defineNetwork takes name'],
    [{ ...tiny, layer: [] }, 'layer is []: unknown option; did you mean layers?'],
    [{ ...tiny, name: undefined }, "name is undefined: expected the network's name"],
    [{ ...tiny, options: undefined }, "options of network 'tiny' is undefined: expected declared"],
    [{ ...tiny, optionsFor: {} }, "optionsFor of network 'tiny' is an object: expected a function"],
    [{ ...tiny, build: undefined }, "build of network 'tiny' is undefined: expected a function"],
  ])('refuse the network %j', (definition, message) => {
    expect(() => called(defineNetwork, definition)).toThrow(ModelError);
    expect(() => called(defineNetwork, definition)).toThrow(message);
  });
});

describe('what models are made of as plain JavaScript asks for it', () => {
  it('names a field of a specification that there is not', () => {
    expect(() => called(encoder, { kind: 'motion', dim: 2, length: 9, lenght: 8 })).toThrow(
      new ModelError(
        'lenght is 8: unknown option; did you mean length? encoder takes kind, dim, length, features, options',
      ),
    );
    expect(() => called(encoder, 'motion')).toThrow('options is "motion": expected an object');
  });

  it('names features and tracks that are none', () => {
    expect(() => called(standardFeatures, tracks)).toThrow(
      new ModelError('features is undefined: expected a list of features'),
    );
    expect(() => called(standardFeatures)).toThrow('tracks is undefined: expected Tracks');
    expect(() => called(fitClassical)).toThrow(
      'options is undefined: expected an object with kind',
    );
    expect(() => called(fitClassical, { kind: 'forest', tracks })).toThrow(
      "features is undefined: expected a list of features, as ['alpha', 'straightness']",
    );
    expect(() =>
      called(fitClassical, { kind: 'forest', tracks, features: ['alpha'], tree: 5 }),
    ).toThrow('forest has no option "tree": did you mean "trees"?');
  });
});
