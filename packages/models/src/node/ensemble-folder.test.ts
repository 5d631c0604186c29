import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useBackend } from '@diffusion/backends';
import { gajowczyk2021 } from '@diffusion/simulate';
import * as tf from '@tensorflow/tfjs-core';
import type { NetworkCard } from '../card.ts';
import { fitClassical } from '../classical/fit-classical.ts';
import { measureDomain } from '../domain/domain.ts';
import { ensemble } from '../ensemble.ts';
import { ModelError } from '../errors.ts';
import { networkByName } from '../registry.ts';
import { trackModel } from '../track-model.ts';
import { loadEnsemble, loadTrackModel, saveEnsemble } from './ensemble-folder.ts';
import { loadModel } from './load-model.ts';
import { saveModel } from './save-model.ts';

const tracks = gajowczyk2021({ count: 30, seed: 9 }).generate();
const classes = ['ND', 'DM', 'CD', 'FBM'];

function network(seed: number) {
  const options = { channels: 6, features: 1, filters: 8, depth: 1, length: 600, classes: 4, seed };
  const card: NetworkCard = {
    format: 'diffusion-model',
    version: 1,
    network: { name: 'xresnet', options },
    output: { kind: 'classes', classes },
    encoder: { kind: 'motion', dim: 2, length: 600 },
    domain: measureDomain(tracks),
    recipe: {},
    metrics: {},
    versions: {},
  };
  return trackModel(networkByName('xresnet').build(options), card);
}
const forest = () =>
  fitClassical({ kind: 'forest', tracks, features: ['alpha', 'straightness'], classes, trees: 3 });

let folder: string;
beforeAll(() => useBackend('wasm'));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ensemble-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a saved ensemble', () => {
  it('gives the same answers, whatever it is made of, and leaks no tensor', async () => {
    const made = ensemble([network(1), forest(), network(2)]);
    const before = await made.predict(tracks);
    await saveEnsemble(folder, made, { recipe: { seed: 3 }, metrics: { accuracy: 0.9 } });
    made.dispose();
    const tensors = tf.memory().numTensors;
    for (const load of [loadEnsemble, loadTrackModel]) {
      const loaded = await load(folder);
      expect(loaded).toMatchObject({ kind: 'ensemble' });
      expect(await loaded.predict(tracks)).toEqual(before);
      loaded.dispose();
    }
    expect(tf.memory().numTensors).toBe(tensors);
    expect(JSON.parse(await readFile(join(folder, 'card.json'), 'utf8'))).toEqual({
      format: 'diffusion-ensemble',
      version: 1,
      members: ['member-1', 'member-2', 'member-3'],
      recipe: { seed: 3 },
      metrics: { accuracy: 0.9 },
    });
  });

  it('gives way to another one and to a model, with all of its files', async () => {
    const three = ensemble([forest(), forest(), forest()]);
    await saveEnsemble(folder, three);
    await saveEnsemble(folder, { models: three.models.slice(1) });
    expect((await readdir(folder)).sort()).toEqual([
      'card.json',
      'member-1.card.json',
      'member-1.classifier.json',
      'member-2.card.json',
      'member-2.classifier.json',
    ]);
    await saveModel(folder, forest());
    expect((await readdir(folder)).sort()).toEqual(['card.json', 'classifier.json']);
    expect((await loadTrackModel(folder)).kind).toBe('classical');
    await saveEnsemble(folder, three);
    expect(await readdir(folder)).not.toContain('classifier.json');
  });

  it('is refused where a file is missing, foreign or hostile', async () => {
    await saveEnsemble(folder, ensemble([forest(), forest()]));
    await expect(loadModel(folder)).rejects.toThrow(
      'card.json: is the card of an ensemble: expected loadEnsemble',
    );
    const card = await readFile(join(folder, 'card.json'), 'utf8');
    for (const [change, message] of [
      [{ version: 2 }, 'card.json: version is 2: this release reads version 1'],
      [{ members: [] }, 'card.json: members is'],
      [{ members: ['../../etc/member-1'] }, 'card.json: members is'],
      [{ format: 'other' }, 'not the card of an ensemble'],
    ] as const) {
      await writeFile(
        join(folder, 'card.json'),
        JSON.stringify({ ...JSON.parse(card), ...change }),
      );
      await expect(loadEnsemble(folder)).rejects.toThrow(ModelError);
      await expect(loadEnsemble(folder)).rejects.toThrow(message);
    }
    await writeFile(join(folder, 'card.json'), card);
    await rm(join(folder, 'member-2.classifier.json'));
    await expect(loadTrackModel(folder)).rejects.toThrow(
      'member-2.classifier.json: cannot be read',
    );
    await expect(loadEnsemble(join(folder, 'none'))).rejects.toThrow(ModelError);
  });
});
