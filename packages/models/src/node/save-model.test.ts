import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useBackend } from '@diffusion/backends';
import { gajowczyk2021 } from '@diffusion/simulate';
import * as tf from '@tensorflow/tfjs-core';
import type { ModelCard } from '../card.ts';
import { measureDomain } from '../domain/domain.ts';
import { ModelError } from '../errors.ts';
import { networkByName } from '../registry.ts';
import { trackModel } from '../track-model.ts';
import { loadModel } from './load-model.ts';
import { saveModel } from './save-model.ts';

const tracks = gajowczyk2021({ count: 40, seed: 9 }).generate();
const options = {
  channels: 6,
  features: 1,
  filters: 8,
  depth: 2,
  length: 600,
  classes: 4,
  seed: 1,
};
const card: ModelCard = {
  format: 'diffusion-model',
  version: 1,
  network: { name: 'xresnet', options },
  output: { kind: 'classes', classes: ['ND', 'DM', 'CD', 'FBM'] },
  encoder: { kind: 'motion', dim: 2, length: 600 },
  domain: measureDomain(tracks),
  recipe: { seed: 1 },
  metrics: {},
  versions: {},
};

describe('saveModel and loadModel', () => {
  let folder: string;
  beforeAll(async () => {
    await useBackend('wasm');
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'model-'));
    const network = networkByName('xresnet').build(options);
    await saveModel(folder, { network, card });
    network.dispose();
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('gives the same answers bit for bit, and leaks no tensor', async () => {
    const built = trackModel(networkByName('xresnet').build(options), card);
    const before = await built.predict(tracks);
    built.dispose();
    const tensors = tf.memory().numTensors;
    const loaded = await loadModel(folder);
    const after = await loaded.predict(tracks);
    loaded.dispose();
    expect(after).toEqual(before);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it('answers each track as it would alone', async () => {
    const loaded = await loadModel(folder);
    const one = await loaded.predict(tracks, { batchSize: 1 });
    const many = await loaded.predict(tracks, { batchSize: 64 });
    loaded.dispose();
    expect(one.codes).toEqual(many.codes);
    one.probabilities!.forEach((p, i) => {
      expect(p).toBeCloseTo(many.probabilities![i], 5);
    });
  });

  it('leaves the three files and no other', async () => {
    expect((await readdir(folder)).sort()).toEqual(['card.json', 'model.json', 'weights.bin']);
  });

  it.each([
    ['a missing file', (at: string) => rm(join(at, 'weights.bin')), /weights\.bin: cannot be read/],
    [
      'weights that are a link to a device',
      async (at: string) => {
        await rm(join(at, 'weights.bin'));
        await symlink('/dev/zero', join(at, 'weights.bin'));
      },
      /weights\.bin: is a device: expected a file/,
    ],
    [
      'a card that is a pipe',
      async (at: string) => {
        await rm(join(at, 'card.json'));
        execFileSync('mkfifo', [join(at, 'card.json')]);
      },
      /card\.json: is a pipe: expected a file/,
    ],
    [
      'weights of another model',
      async (at: string) => {
        const bytes = await readFile(join(at, 'weights.bin'));
        bytes.writeFloatLE(0.25, 40);
        await writeFile(join(at, 'weights.bin'), bytes);
      },
      /weights\.bin: the SHA-256 is [0-9a-f]{64}: expected [0-9a-f]{64}, as card\.json says/,
    ],
    [
      'a weight that is no number',
      async (at: string) => {
        const bytes = await readFile(join(at, 'weights.bin'));
        bytes.writeFloatLE(Number.NaN, 40);
        await writeFile(join(at, 'weights.bin'), bytes);
      },
      /weights\.bin: weight ".+"\[10\] is NaN: expected a finite number/,
    ],
    [
      'weights cut short',
      (at: string) => truncate(join(at, 'weights.bin'), 100),
      /weights\.bin: 100 bytes, model\.json lists/,
    ],
    [
      'a card that is not JSON',
      (at: string) => writeFile(join(at, 'card.json'), '{'),
      /card\.json, line 1: the JSON ends early/,
    ],
    [
      'a foreign card',
      (at: string) => writeFile(join(at, 'card.json'), '{"a":1}'),
      /card\.json: not a model card/,
    ],
    [
      'a foreign model',
      (at: string) => writeFile(join(at, 'model.json'), '{"a":1}'),
      /model\.json: not a tfjs layers model/,
    ],
    [
      'a card without what the model has seen',
      async (at: string) => {
        const text = await readFile(join(at, 'card.json'), 'utf8');
        await writeFile(join(at, 'card.json'), text.replace(/"minLength": \d+,/, ''));
      },
      /card\.json: field "domain\.minLength" is missing: expected a number/,
    ],
    [
      'classes that do not match',
      async (at: string) => {
        const text = await readFile(join(at, 'card.json'), 'utf8');
        await writeFile(join(at, 'card.json'), text.replace(/"FBM"/, '"FBM","CTRW"'));
      },
      /network 'xresnet' has outputs of 4: expected 5 \(.*CTRW.*\)/,
    ],
    [
      'another encoder',
      async (at: string) => {
        const card3 = JSON.parse(await readFile(join(at, 'card.json'), 'utf8'));
        card3.encoder.dim = 3;
        await writeFile(join(at, 'card.json'), JSON.stringify(card3));
      },
      /network 'xresnet' takes 600 × 6 numbers per track: encoder 'motion' gives 600 × 8/,
    ],
  ])('names %s', async (_, damage, message) => {
    await damage(folder);
    const error = await loadModel(folder).catch((reason) => reason);
    expect(error).toBeInstanceOf(ModelError);
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('\n');
  });
});
