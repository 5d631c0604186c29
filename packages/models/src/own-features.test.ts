import { useBackend } from '@diffusion/backends';
import { defineFeature, type Feature, features, straightness } from '@diffusion/features';
import { gajowczyk2021 } from '@diffusion/simulate';
import type { NetworkCard } from './card.ts';
import { featureRows } from './classical/feature-rows.ts';
import { fitClassical } from './classical/fit-classical.ts';
import { measureDomain } from './domain/domain.ts';
import { encoder } from './encode/encoder.ts';
import type { StandardFeature } from './encode/specification.ts';
import { standardFeatures } from './encode/standard-features.ts';
import { ModelError } from './errors.ts';
import { type ModelFiles, modelFiles, modelFromFiles } from './files/artifacts.ts';
import { networkByName } from './registry.ts';
import { trackModel } from './track-model.ts';

const tracks = gajowczyk2021({ count: 200, seed: 1 }).generate();
const others = gajowczyk2021({ count: 60, seed: 2 }).generate();
/** A feature of the catalogue again, so that its values are known. */
const bend = defineFeature({
  name: 'bend',
  meaning: 'What is missing to a straight line.',
  minPoints: 2,
  compute: (context) => 1 - straightness(context),
});
const stranger = defineFeature({ name: 'stranger', meaning: 'One.', compute: () => 1 });
const card = (files: ModelFiles) => JSON.parse(new TextDecoder().decode(files['card.json']));

describe('fitClassical with a feature of ones own', () => {
  const model = fitClassical({
    kind: 'logistic',
    tracks,
    features: ['alpha', bend, 'vacf1', 'standardizedMaxDistance'],
  });

  it('learns from it as from those of the catalogue', async () => {
    const rows = featureRows(others, ['alpha', bend]);
    const { alpha, straightness: straight } = features(others, {
      names: ['alpha', 'straightness'],
    });
    expect(rows.map((row) => row[0])).toEqual([...alpha]);
    expect(rows.map((row) => row[1])).toEqual(Array.from(straight, (x) => 1 - x));
    const same = await fitClassical({
      kind: 'forest',
      seed: 1,
      tracks,
      features: ['alpha', 'straightness'],
    }).predict(others);
    const own = defineFeature({ name: 'same', meaning: 'Again.', compute: straightness });
    const again = fitClassical({ kind: 'forest', seed: 1, tracks, features: ['alpha', own] });
    expect((await again.predict(others)).probabilities).toEqual(same.probabilities);
  });

  it('is saved by its name, and asks for it when it is loaded', async () => {
    const files = await modelFiles(model);
    expect(card(files).classifier).toEqual({
      features: ['alpha', 'bend', 'vacf1', 'standardizedMaxDistance'],
    });
    const loaded = await modelFromFiles(files, 'm', { features: [stranger, bend] });
    expect(await loaded.predict(others)).toEqual(await model.predict(others));
    for (const own of [undefined, [stranger]]) {
      const load = modelFromFiles(files, 'out/m', own && { features: own });
      await expect(load).rejects.toThrow(ModelError);
      await expect(load).rejects.toThrow(
        "out/m: the model sees the feature 'bend', which is not of the catalogue: give it as features: [...]",
      );
    }
  });
});

describe('a network that sees a feature of ones own', () => {
  const length = Math.max(...Array.from(tracks, (track) => track.length));

  const modelOf = (standard: readonly StandardFeature[]) => {
    const seen = { kind: 'motion', dim: 2, length, features: standard } as const;
    const encode = encoder(seen);
    const options = {
      filters: 8,
      channels: encode.channels,
      features: encode.features,
      classes: 4,
      seed: 1,
    };
    const made: NetworkCard = {
      format: 'diffusion-model',
      version: 1,
      network: { name: 'xresnet', options },
      output: { kind: 'classes', classes: ['ND', 'DM', 'CD', 'FBM'] },
      encoder: seen,
      domain: measureDomain(tracks),
      recipe: {},
      metrics: {},
      versions: {},
    };
    return trackModel(networkByName('xresnet').build(options), made);
  };

  beforeAll(async () => {
    await useBackend('wasm');
  });

  it('encodes it as one of the catalogue', () => {
    const same = defineFeature({ name: 'same', meaning: 'Again.', compute: straightness });
    const own = standardFeatures(tracks, ['alpha', same]);
    const known = standardFeatures(tracks, ['alpha', 'straightness']);
    expect(own).toEqual([known[0], { ...known[1], name: 'same', feature: same }]);
    const encoded = (standard: StandardFeature[]) =>
      encoder({ kind: 'motion', dim: 2, length, features: standard }).encode(tracks).features;
    expect(encoded(own)).toEqual(encoded(known));
  });

  it('is saved with its name, mean and deviation, and asks for it when it is loaded', async () => {
    const standard = standardFeatures(tracks, ['alpha', bend]);
    const model = modelOf(standard);
    const files = await modelFiles(model);
    expect(card(files).encoder.features).toEqual(
      standard.map(({ name, mean, deviation }) => ({ name, mean, deviation })),
    );
    const loaded = await modelFromFiles(files, 'm', { features: [bend] });
    expect(await loaded.predict(others)).toEqual(await model.predict(others));
    const again = await modelFiles(loaded as typeof model);
    expect(card(again)).toEqual(card(files));
    await expect(modelFromFiles(files, 'out/m')).rejects.toThrow(
      "out/m: the model sees the feature 'bend', which is not of the catalogue: give it as features: [...]",
    );
    model.dispose();
    loaded.dispose();
  });

  it('loads a card that says more of its encoder than a specification may', async () => {
    const model = modelOf(standardFeatures(tracks, ['alpha']));
    const files = await modelFiles(model);
    const written = JSON.parse(new TextDecoder().decode(files['card.json']));
    written.encoder.note = 'by hand';
    const more = new TextEncoder().encode(JSON.stringify(written));
    const loaded = await modelFromFiles({ ...files, 'card.json': more }, 'm');
    expect(await loaded.predict(others)).toEqual(await model.predict(others));
    model.dispose();
    loaded.dispose();
  });

  it('says so where the card has the name alone', () => {
    const [{ name, mean, deviation }] = standardFeatures(tracks, [bend]);
    const seen = { kind: 'motion', dim: 2, length, features: [{ name, mean, deviation }] } as const;
    expect(() => encoder(seen).encode(tracks)).toThrow(
      "encoder feature 'bend' is not of the catalogue",
    );
  });

  it('refuses two features of one name', () => {
    const other: Feature = defineFeature({ name: 'bend', meaning: 'Other.', compute: () => 1 });
    expect(() => standardFeatures(tracks, [bend, other])).toThrow("two features 'bend'");
  });
});
