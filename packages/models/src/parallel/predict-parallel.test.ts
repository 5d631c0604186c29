import { useBackend } from '@diffusion/backends';
// Workers load built files.
import { defineFeature } from '@diffusion/features';
import {
  bankModel,
  type EncoderDefinition,
  encoder,
  ensemble,
  measureDomain,
  type NetworkCard,
  networkByName,
  predictParallel,
  standardFeatures,
  trackModel,
} from '@diffusion/models';
import { fitClassical, likelihoodModel, ruleModel } from '@diffusion/models/classical';
import { gajowczyk2021, simulate } from '@diffusion/simulate';
import { joinTracks } from '@diffusion/tracks';
// @ts-expect-error: plain JavaScript, which a worker can import
import { ownSteps } from './own-steps.fixture.mjs';

const card: NetworkCard = {
  format: 'diffusion-model',
  version: 1,
  network: { name: 'xresnet', options: {} },
  output: { kind: 'classes', classes: ['ND', 'DM', 'CD', 'FBM'] },
  encoder: { kind: 'motion', dim: 2, length: 600 },
  domain: measureDomain(gajowczyk2021({ count: 60, seed: 1 }).generate()),
  recipe: {},
  metrics: {},
  versions: {},
};
const tracks = gajowczyk2021({ count: 150, seed: 5 }).generate();
const xresnet = (ofCard = card) =>
  trackModel(
    networkByName('xresnet').build({
      channels: 6,
      features: 1,
      filters: 8,
      depth: 1,
      classes: 4,
      seed: 2,
    }),
    ofCard,
  );

beforeAll(() => useBackend('wasm'));

describe('predictParallel', () => {
  it('answers to the bit as one thread does, with the reasons', async () => {
    const model = xresnet();
    const seen: number[] = [];
    const alone = await model.predict(tracks, { batchSize: 32 });
    const onProgress = (done: number) => seen.push(done);
    const shared = await predictParallel(model, tracks, { workers: 2, batchSize: 32, onProgress });
    expect(shared).toEqual(alone);
    const judged = alone.reasons.filter((reason) => !reason).length;
    expect(judged).toBeGreaterThan(64);
    expect(judged).toBeLessThan(tracks.count);
    expect(seen.at(-1)).toBe(tracks.count);
    model.dispose();
  });

  it('sends pictures as it sends tracks', async () => {
    const model = trackModel(
      networkByName('resnet').build({ filters: 8, depth: 1, classes: 4, seed: 2 }),
      { ...card, encoder: { kind: 'picture', dim: 2, length: 600, options: { scale: 'none' } } },
    );
    const shared = await predictParallel(model, tracks, { workers: 1, batchSize: 32 });
    expect(shared).toEqual(await model.predict(tracks, { batchSize: 32 }));
    model.dispose();
  });

  it('sends a bank with the weights of all its networks', async () => {
    const seen = encoder({ kind: 'standardized', dim: 2, length: null });
    const wadnet = networkByName('wadnet');
    const { output } = card;
    const networks = [30, 100, 100].map((length, seed) => {
      const given = { filters: 4, units: 4, depth: 4 };
      const options = { ...wadnet.optionsFor({ encoder: seen, output }), ...given };
      const network = wadnet.build({ ...options, seed });
      const ofCard = { ...card, network: { name: 'wadnet', options }, encoder: seen.specification };
      return { length, model: trackModel(network, ofCard as NetworkCard) };
    });
    const bank = bankModel(networks);
    const shared = await predictParallel(bank, tracks, { workers: 2, batchSize: 32 });
    expect(shared).toEqual(await bank.predict(tracks, { batchSize: 32 }));
    expect(shared.reasons.filter((reason) => !reason).length).toBeGreaterThan(64);
    bank.dispose();
  });

  it('keeps tracks of one length together where the network takes any', async () => {
    const lengths = [20, 50, 20, 31].map((length, i) =>
      simulate({ model: 'brownian', count: 5, length, dim: 2, seed: i }),
    );
    const mixed = joinTracks(lengths);
    const open = { ...card.domain, minLength: 1, minMotion: null, ranges: [] };
    const ranges = [{ from: 0, to: 1000, low: {}, high: {} }];
    const model = xresnet({
      ...card,
      encoder: { kind: 'motion', dim: 2, length: null },
      domain: { ...open, ranges },
    });
    const alone = await model.predict(mixed, { batchSize: 4 });
    expect(alone.reasons.every((reason) => !reason)).toBe(true);
    expect(await predictParallel(model, mixed, { workers: 2, batchSize: 4 })).toEqual(alone);
    model.dispose();
  });

  it('runs classical models, too', async () => {
    const model = likelihoodModel({ dim: 2, models: ['brownian', 'directed'] });
    const few = simulate({ model: 'brownian', count: 6, length: 15, dim: 2, seed: 1 });
    const alone = await model.predict(few, { batchSize: 3 });
    expect(await predictParallel(model, few, { workers: 1, batchSize: 3 })).toEqual(alone);
  });

  it('runs ensembles, of which each member checks its own domain', async () => {
    const narrow = { ...card, domain: { ...card.domain, minLength: 300 } };
    const both = ensemble([xresnet(), xresnet(narrow)]);
    const few = gajowczyk2021({ count: 60, seed: 6 }).generate();
    const seen: number[] = [];
    const onProgress = (done: number) => seen.push(done);
    const alone = await both.predict(few, { batchSize: 16 });
    expect(await predictParallel(both, few, { workers: 2, batchSize: 16, onProgress })).toEqual(
      alone,
    );
    const kinds = alone.reasons.map((reason) => reason?.kind);
    expect(kinds).toContain('too-short');
    expect(kinds).toContain(undefined);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(few.count);
    both.dispose();

    const rules = ensemble([
      ruleModel({ kind: 'p-variation-rule', power: 1, dim: 2 }),
      ruleModel({ kind: 'p-variation-rule', power: 3, dim: 2 }),
    ]);
    const judged = await rules.predict(few);
    expect(await predictParallel(rules, few, { workers: 2, batchSize: 16 })).toEqual(judged);
  });

  it('has workers import an encoder of one’s own that says where it is', async () => {
    const definition: EncoderDefinition = ownSteps;
    const specification = { kind: 'own-steps', dim: 2, length: 600 } as const;
    const open = { ...card.domain, minMotion: null };
    const model = trackModel(
      networkByName('xresnet').build({
        channels: 2,
        features: 0,
        filters: 8,
        depth: 1,
        classes: 4,
      }),
      { ...card, domain: open, encoder: specification },
      encoder(specification, [definition]),
    );
    const alone = await model.predict(tracks, { batchSize: 32 });
    expect(alone.reasons.filter((reason) => !reason).length).toBeGreaterThan(64);
    expect(await predictParallel(model, tracks, { workers: 2, batchSize: 32 })).toEqual(alone);

    const lost = { ...definition, source: { ...definition.source!, export: 'gone' } };
    const astray = { ...model, encoder: encoder(specification, [lost]) };
    await expect(predictParallel(astray, tracks, { workers: 1 })).rejects.toThrow(
      "has no export 'gone': expected an encoder",
    );
    model.dispose();
  });

  it('answers on this thread for what cannot be sent', async () => {
    const createWorker = () => {
      throw new Error('not needed');
    };
    const how = { workers: { count: 2, createWorker }, batchSize: 32 };
    const { source: _, ...nowhere } = ownSteps as EncoderDefinition;
    const specification = { kind: 'own-steps', dim: 2, length: 600 } as const;
    const model = trackModel(
      networkByName('xresnet').build({
        channels: 2,
        features: 0,
        filters: 8,
        depth: 1,
        classes: 4,
      }),
      { ...card, encoder: specification },
      encoder(specification, [nowhere]),
    );
    const alone = await model.predict(tracks);
    expect(await predictParallel(model, tracks, how)).toEqual(alone);
    model.dispose();

    const bend = defineFeature({
      name: 'bend',
      meaning: 'First step over last.',
      minPoints: 2,
      gaps: 'positions',
      compute: ({ axes: [x], length }) => (x[1] - x[0]) / (x[length - 1] - x[length - 2]),
    });
    const forest = fitClassical({ kind: 'forest', tracks, features: ['alpha', bend], trees: 5 });
    const judged = await forest.predict(tracks);
    expect(judged.reasons).toContain(undefined);
    expect(await predictParallel(forest, tracks, how)).toEqual(judged);
    const seen = { ...card.encoder, features: standardFeatures(tracks, [bend]) };
    const beside = trackModel(
      networkByName('xresnet').build({
        channels: 6,
        features: 2,
        filters: 8,
        depth: 1,
        classes: 4,
      }),
      { ...card, encoder: seen },
    );
    const told = await beside.predict(tracks);
    expect(await predictParallel(beside, tracks, how)).toEqual(told);
    beside.dispose();
  });

  it('starts nothing where there is nothing to judge, and says what it cannot do', async () => {
    const model = xresnet();
    const createWorker = () => {
      throw new Error('not needed');
    };
    const flat = simulate({ model: 'brownian', count: 3, length: 15, dim: 1, seed: 1 });
    const workers = { count: 2, createWorker };
    expect(await predictParallel(model, flat, { workers })).toEqual(await model.predict(flat));
    await expect(predictParallel(model, tracks, { workers: 0 })).rejects.toThrow(
      'workers is 0: expected an integer of at least 1',
    );
    const own = { ...card, encoder: { kind: 'own', dim: 2, length: 600 } as const };
    const mine = { ...model, card: own, encoder: encoder(card.encoder) };
    const alone = await model.predict(tracks, { batchSize: 32 });
    const few = { workers, batchSize: 32 };
    expect(await predictParallel(mine, tracks, few)).toEqual(alone);
    model.dispose();
  });
});
