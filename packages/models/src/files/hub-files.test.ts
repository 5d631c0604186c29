import { useBackend } from '@diffusion/backends';
import { simulate } from '@diffusion/simulate';
import { smallWadnet } from '../bank/bank.fixture.ts';
import { bankModel } from '../bank/bank-model.ts';
import type { CardCalibration } from '../calibration/card-calibration.ts';
import type { NetworkCard } from '../card.ts';
import { ruleModel } from '../classical/classical-model.ts';
import { openDomain } from '../domain/domain.ts';
import { ModelError } from '../errors.ts';
import type { NetworkModel, SingleModel } from '../predict/model.ts';
import { networkByName } from '../registry.ts';
import { readSafetensors, writeSafetensors } from '../safetensors/safetensors.ts';
import { trackModel } from '../track-model.ts';
import { modelFiles, modelFromFiles } from './artifacts.ts';
import { sha256 } from './check-weights.ts';
import { hubFiles } from './hub-files.ts';
import type { HubConfig } from './hub-parts.ts';
import { hubReadme } from './hub-readme.ts';
import { loadModelFromUrl } from './url.ts';

const tracks = simulate({ model: 'fbm', alpha: 0.7, count: 12, length: 40, dim: 2, seed: 1 });
const options = { task: 'both', dim: 2, classes: 3, widths: [8, 12], units: 16, seed: 5 };
const card: NetworkCard = {
  format: 'diffusion-model',
  version: 1,
  network: { name: 'multiscale', options },
  output: { kind: 'both', classes: ['it\'s "slow"', 'b', 'c'] },
  encoder: { kind: 'multiscale', dim: 2, length: null },
  domain: { ...openDomain(2), minMotion: null, maxLength: 500 },
  recipe: { about: 'A ``` fence.', data: { dataSets: [{ preset: 'andi2020' }] }, seed: 5 },
  metrics: { accuracy: 0.8765432, mae: 0.2, mcc: null },
  versions: { one: '1.0.0' },
};
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

let model: NetworkModel;
beforeAll(async () => {
  await useBackend('wasm');
  model = trackModel(networkByName('multiscale').build(options), card);
});
afterAll(() => model.dispose());

/** The probabilities that differ the most. */
async function difference(one: SingleModel, other: SingleModel): Promise<number> {
  const [a, b] = [await one.predict(tracks), await other.predict(tracks)];
  return Math.max(...a.probabilities!.map((p, i) => Math.abs(p - b.probabilities![i])));
}

describe('the layout of Hugging Face', () => {
  it('gives the model back bit for bit, card and all', async () => {
    const files = await hubFiles(model, { name: 'both' });
    const back = (await modelFromFiles(files, 'both')) as NetworkModel;
    expect(await modelFiles(back)).toEqual(await modelFiles(model));
    expect(await back.predict(tracks)).toEqual(await model.predict(tracks));
    back.dispose();
  });

  it('has the weights under the names of the layers, and the card with the topology', async () => {
    const files = await hubFiles(model, { name: 'both' });
    const tensors = readSafetensors(files['model.safetensors']);
    const weights = model.network.weights;
    expect(Object.keys(tensors)).toEqual(weights.map(({ originalName }) => originalName));
    expect(Object.values(tensors).map(({ shape }) => shape)).toEqual(
      weights.map(({ shape }) => shape),
    );
    const { topology, weights: file, ...rest } = JSON.parse(text(files['config.json']));
    expect(rest).toEqual(card);
    expect(file).toEqual({ file: 'model.safetensors', sha256: expect.stringMatching(/^\w{64}$/) });
    expect(topology.class_name).toBe('Model');
  });

  it('keeps kernels in half precision where it is asked, at a cost below 0.001', async () => {
    const whole = await hubFiles(model, { name: 'both' });
    const half = await hubFiles(model, { name: 'both', half: true });
    expect(half['model.safetensors'].length).toBeLessThan(0.7 * whole['model.safetensors'].length);
    const [exact, rounded] = [whole, half].map((files) =>
      readSafetensors(files['model.safetensors']),
    );
    for (const [name, { shape, values }] of Object.entries(exact)) {
      for (const [i, value] of values.entries()) {
        const error = Math.abs(rounded[name].values[i] - value);
        expect(error).toBeLessThanOrEqual(
          shape.length > 1 ? Math.max(2 ** -11 * Math.abs(value), 2 ** -25) : 0,
        );
      }
    }
    const back = await modelFromFiles(half, 'both');
    const found = await difference(model, back);
    expect(found).toBeGreaterThan(0);
    expect(found).toBeLessThan(0.001);
    back.dispose();
  });

  it('takes a bank', async () => {
    const networks = [20, 10, 20].map((length, i) => ({
      length,
      model: smallWadnet({ seed: i + 1, dim: 2 }),
    }));
    const bank = bankModel(networks);
    const back = await modelFromFiles(await hubFiles(bank, { name: 'bank' }), 'bank');
    expect(back.kind).toBe('bank');
    expect(await modelFiles(back)).toEqual(await modelFiles(bank));
    expect(await back.predict(tracks)).toEqual(await bank.predict(tracks));
    // Other programs sort the tensors: by size, by name, or back to front.
    const files = await hubFiles(bank, { name: 'bank' });
    const tensors = Object.entries(readSafetensors(files['model.safetensors']));
    for (const order of [
      (a: string, b: string) => (a < b ? -1 : 1),
      (a: string, b: string) => (a < b ? 1 : -1),
    ]) {
      const sorted = writeSafetensors(
        Object.fromEntries([...tensors].sort(([a], [b]) => order(a, b))),
      );
      const config = JSON.parse(text(files['config.json']));
      config.weights.sha256 = await sha256(sorted);
      const again = await modelFromFiles(
        {
          'config.json': new TextEncoder().encode(JSON.stringify(config)),
          'model.safetensors': sorted,
        },
        'sorted',
      );
      expect(await modelFiles(again)).toEqual(await modelFiles(bank));
      again.dispose();
    }
    for (const each of [bank, back, ...networks.map(({ model }) => model)]) each.dispose();
  });

  it('leaves the folders of the machine out of what it publishes', async () => {
    const recipe = {
      data: { folder: '/home/somebody/cells/labelled', seed: 3 },
      start: { model: 'C:\\models\\before', recipe: { data: { folder: 'beside/tracks' } } },
      modules: ['file:///home/somebody/own.mjs'],
    };
    const of = { network: model.network, card: { ...model.card, recipe } };
    const files = await hubFiles(of, { name: 'own' });
    expect(JSON.parse(text(files['config.json'])).recipe).toEqual({
      data: { folder: 'labelled', seed: 3 },
      start: { model: 'before', recipe: { data: { folder: 'beside/tracks' } } },
      modules: ['own.mjs'],
    });
    for (const file of Object.values(files)) expect(text(file)).not.toContain('somebody');
  });

  it('is found at an address in place of the other layout', async () => {
    const files: Record<string, Uint8Array> = await hubFiles(model, { name: 'both' });
    const fetch = (async (url: string) => {
      const bytes = files[url.split('/').pop()!];
      return bytes ? new Response(bytes as BodyInit) : new Response('', { status: 404 });
    }) as typeof globalThis.fetch;
    const back = await loadModelFromUrl('https://example.org/both', { fetch });
    expect(await difference(model, back)).toBe(0);
    back.dispose();
    // A server that answers with its page what is not there.
    const page = (async (url: string) =>
      files[url.split('/').pop()!]
        ? fetch(url)
        : new Response('<!doctype html>', {
            headers: { 'content-type': 'text/html; charset=utf-8' },
          })) as typeof globalThis.fetch;
    (await loadModelFromUrl('https://example.org/both', { fetch: page })).dispose();
    // A card that is there is not passed over for another model.
    const faulty = (async (url: string) =>
      url.endsWith('card.json') ? new Response('', { status: 500 }) : fetch(url)) as typeof fetch;
    await expect(loadModelFromUrl('https://example.org/both', { fetch: faulty })).rejects.toThrow(
      'https://example.org/both/card.json: cannot be read (status 500)',
    );
    const cut = (async (url: string) =>
      url.endsWith('safetensors')
        ? new Response(
            new ReadableStream({ start: (stream) => stream.error(new TypeError('terminated')) }),
          )
        : fetch(url)) as typeof fetch;
    await expect(loadModelFromUrl('https://example.org/both', { fetch: cut })).rejects.toThrow(
      'model.safetensors: cannot be read (cut off in transfer: terminated)',
    );
    delete files['config.json'];
    await expect(loadModelFromUrl('https://example.org/both', { fetch })).rejects.toThrow(
      'https://example.org/both/card.json: cannot be read (status 404)',
    );
  });

  it('says what the model is for in a README with a card in YAML', async () => {
    const options = { name: 'both', license: 'cc-by-4.0' };
    const readme = text((await hubFiles(model, options))['README.md']);
    const [, yaml, body] = /^---\n(.*?)\n---\n(.*)$/s.exec(readme)!;
    expect(yaml.split('\n').slice(0, 2)).toEqual([
      'license: "cc-by-4.0"',
      'library_name: diffusion',
    ]);
    expect(yaml).toContain('- "classification"\n- "regression"\nmetrics:\n- "accuracy"\n- "mae"\n');
    expect(yaml).toContain('    - type: "accuracy"\n      value: 0.8765432\n');
    expect(yaml).toContain('      name: "andi2020"\n');
    expect(body).toContain('in 2D, of 1 to 500 points');
    expect(body).toContain('| accuracy | 0.8765 |');
    expect(body).toContain(
      'A track\nthat is too short, too long, with too many gaps or not in 2D gets the reason',
    );
    expect(body).toContain('console.log(reasons[0]?.text ?? labels[0]);');
    expect(yaml).toContain('      type: simulated\n');
    expect(body).toContain('Repeated by `diffusion train --recipe config.json');
    expect(body).not.toContain('Calibration');
    const blocks = [...body.matchAll(/```json\n(.*?)\n```\n/gs)].map(([, json]) =>
      JSON.parse(json),
    );
    expect(blocks).toEqual([card.network.options, card.recipe]);
  });

  it('says of measured tracks that they are, without where they lie, and what comes before', async () => {
    const first = { format: 'diffusion-recipe', seed: 1 };
    const second = { ...first, start: { model: '/home/me/first', recipe: first } };
    const recipe = {
      data: { folder: '/home/me/cells/' },
      start: { model: '/home/me/second', recipe: second },
    };
    const sets = { coverage: 0.9, weights: [1, 1, 1], bins: [] };
    const calibration = { tracks: 1000, data: {}, sets } as unknown as CardCalibration;
    const facts = { name: 'x', numbers: 1, bytes: 4 };
    const readme = hubReadme({ ...card, recipe, calibration }, facts);
    expect(readme).toContain('      name: "cells"\n      type: measured\n');
    expect(readme).toContain(
      [
        'diffusion train --recipe start-2.json --output start-2',
        'diffusion train --recipe start-1.json --start start-2 --output start-1',
        'diffusion train --recipe config.json --start start-1 --output FOLDER',
        '',
      ].join('\n'),
    );
    expect(readme).toContain('`start.recipe` of the recipe as `start-1.json`');
    expect(readme).toContain('`start.recipe.start.recipe` of the recipe as `start-2.json`');
    expect(readme).toContain('console.log(reasons[0]?.text ?? setName(sets, 0, classes));');
    const lost = hubReadme({ ...card, recipe: { start: { model: 'second' } } }, facts);
    expect(lost).toContain('It begins with a model whose recipe is not known:');
    const motion = { ...card, domain: { ...card.domain, minMotion: 0.01 } };
    expect(hubReadme(motion, facts)).toContain('too many gaps, immobile within the noise');
  });

  it('refuses in one line what is no network, is damaged or does not fit', async () => {
    const rule = ruleModel({ kind: 'max-test', dim: 2 });
    await expect(hubFiles(rule, { name: 'x' })).rejects.toThrow(
      'the model is a max-test, which has no tensors: expected a network, or a bank of them',
    );
    const files = await hubFiles(model, { name: 'both' });
    const config: HubConfig = JSON.parse(text(files['config.json']));
    const load = async (changed: object, weights = files['model.safetensors']) => {
      const bytes = new TextEncoder().encode(JSON.stringify({ ...config, ...changed }));
      const error = await modelFromFiles(
        { 'config.json': bytes, 'model.safetensors': weights },
        'm',
      ).then(
        () => new Error('loaded'),
        (error: Error) => error,
      );
      expect(error).toBeInstanceOf(ModelError);
      return error.message;
    };
    const flipped = files['model.safetensors'].slice();
    flipped[flipped.length - 1] ^= 1;
    expect(await load({}, flipped)).toMatch(/^m\/model\.safetensors: the SHA-256 is/);
    const unchecked = { weights: undefined };
    expect(await load(unchecked, flipped.slice(0, 40))).toMatch(
      /^m\/model\.safetensors: safetensors: the header has/,
    );
    expect(await load({ topology: 1 })).toMatch(/^m\/config\.json: topology is 1/);
    expect(await load({ version: 0 })).toBe(
      'm/config.json: version is 0: this release reads version 1',
    );
    expect(await load({ format: undefined, model_type: 'bert' })).toMatch(
      /^m\/config\.json: not a model card/,
    );
    expect(await load({ classifier: { features: [] } })).toBe(
      "m/config.json: is of a classical model: expected a network's",
    );
    const { 'stem.conv/bias': _, ...fewer } = readSafetensors(files['model.safetensors']);
    expect(await load(unchecked, writeSafetensors(fewer))).toMatch(/^m\/config\.json: /);
  });
});
