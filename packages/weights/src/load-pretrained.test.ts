import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { useBackend } from '@diffusion/backends';
import type { NetworkModel, SingleModel } from '@diffusion/models';
import { loadModel } from '@diffusion/models/node';
import { listOf, shippedList } from '../scripts/list-models.mjs';
import { loadPretrained, loadShipped } from './load-pretrained.ts';
import { pretrainedFor } from './pretrained-for.ts';
import { pretrainedModels, type ShippedModel } from './pretrained-models.ts';
import { packageWith, tracks } from './small-model.fixture.ts';

const here = (path: string) => new URL(path, import.meta.url);

let folder: string;
let models: ShippedModel[];
const at = (...names: string[]) => join(folder, 'models', ...names);

beforeAll(async () => {
  await useBackend('wasm');
  folder = await mkdtemp(join(tmpdir(), 'weights-'));
  models = await packageWith(folder, ['few-2d', 'motion-2d', 'other-2d']);
});
afterAll(() => rm(folder, { recursive: true }));

const weightsOf = (model: SingleModel) =>
  (model as NetworkModel).network.getWeights().map((weight) => [...weight.dataSync()]);

/** Serves the folder of models as a server would, and counts what was asked for. */
function server() {
  const asked: string[] = [];
  const fetch = async (address: string | URL | Request) => {
    asked.push(String(address));
    const path = String(address).replace('https://example.org/models/', '');
    return readFile(at(path)).then(
      (bytes) => new Response(bytes),
      () => new Response('', { status: 404 }),
    );
  };
  return { asked, options: { baseUrl: 'https://example.org/models/', fetch } };
}

/** A cache as a page has it. */
function pageCache() {
  const kept = new Map<string, Response>();
  return {
    kept,
    match: async (key: RequestInfo | URL) => kept.get(String(key))?.clone(),
    put: async (key: RequestInfo | URL, answer: Response) => {
      kept.set(String(key), answer);
    },
    keys: async () => [...kept.keys()].map((key) => new Request(key)),
    delete: async (key: RequestInfo | URL) => kept.delete((key as Request).url),
  };
}

describe('loadPretrained', () => {
  it('gives what loadModel gives of the folder, from beside the package', async () => {
    const model = await loadShipped('motion-2d', models, {});
    const same = await loadModel(at('motion-2d'));
    expect(model.card).toEqual(same.card);
    expect(weightsOf(model)).toEqual(weightsOf(same));
    expect(await model.predict(tracks)).toEqual(await same.predict(tracks));
    model.dispose();
    same.dispose();
  });

  it('takes the files from where they are said to lie', async () => {
    const { asked, options } = server();
    for (const each of [options, { baseUrl: pathToFileURL(at()) }, { baseUrl: at() }]) {
      const model = await loadShipped('motion-2d', models, each);
      expect(model.card.output).toEqual({ kind: 'classes', classes: ['ND', 'DM', 'CD', 'FBM'] });
      model.dispose();
    }
    expect(asked).toEqual([
      'https://example.org/models/motion-2d/config.json',
      'https://example.org/models/motion-2d/model.safetensors',
    ]);
  });

  it('fetches what it keeps once, and again where it was damaged', async () => {
    const { asked, options } = server();
    const cache = pageCache();
    for (const count of [2, 2]) {
      (await loadShipped('motion-2d', models, { ...options, cache })).dispose();
      expect(asked).toHaveLength(count);
    }
    const [weights] = [...cache.kept.keys()].filter((key) => key.endsWith('.safetensors'));
    cache.kept.set(weights, new Response('damaged'));
    (await loadShipped('motion-2d', models, { ...options, cache })).dispose();
    expect(asked).toHaveLength(4);
    (await loadShipped('motion-2d', models, { ...options, cache })).dispose();
    expect(asked).toHaveLength(4);
    // Other calibration of the same weights is another release, which takes the place of the one before; others stay.
    cache.kept.set('https://weights.invalid/motion-2d-long/1/config.json', new Response(''));
    const old = await readFile(at('motion-2d/config.json'));
    const changed = Buffer.concat([old, Buffer.from('\n')]);
    const release = createHash('sha256').update(changed).digest('hex').slice(0, 16);
    const [model] = models.filter(({ name }) => name === 'motion-2d');
    const next = [{ ...model, release }];
    const loading = () => loadShipped('motion-2d', next, { ...options, cache });
    await expect(loading()).rejects.toThrow(
      `motion-2d/config.json: the SHA-256 begins with ${model.release}: expected ${release}; the file is damaged or of another release`,
    );
    await writeFile(at('motion-2d/config.json'), changed);
    (await loading()).dispose();
    await writeFile(at('motion-2d/config.json'), old);
    expect(asked).toHaveLength(7);
    expect([...cache.kept.keys()].sort()).toEqual([
      'https://weights.invalid/motion-2d-long/1/config.json',
      `https://weights.invalid/motion-2d/${release}/config.json`,
      `https://weights.invalid/motion-2d/${release}/model.safetensors`,
    ]);
  });

  it('loads without the cache where there is none, or it is full', async () => {
    const { options } = server();
    const full = { ...pageCache(), put: () => Promise.reject(new Error('full')) };
    const broken = { ...pageCache(), match: () => Promise.reject(new Error('broken')) };
    for (const cache of [true, full, broken]) {
      (await loadShipped('motion-2d', models, { ...options, cache })).dispose();
    }
  });

  it('says what is to be called before, where nothing was', () => {
    const program = `
      const { loadPretrained } = await import('@diffusion/weights');
      await loadPretrained('motion-2d').catch(({ message }) => console.log(message));`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    expect(stdout).toBe(
      'motion-2d: tfjs has no backend yet: expected `await useBackend()` of @diffusion/backends before a network is loaded\n',
    );
  });

  it('names the model that was meant', async () => {
    await expect(loadPretrained(undefined as unknown as string)).rejects.toThrow(
      /^there is no pretrained model .*segments-andi2-2d$/,
    );
    await expect(loadShipped('motion2d', models, {})).rejects.toThrow(
      'there is no pretrained model "motion2d": expected one of few-2d, motion-2d, other-2d; did you mean motion-2d?',
    );
    await expect(loadShipped('motion-2d', [], {})).rejects.toThrow(
      'there is no pretrained model "motion-2d": none comes with this release',
    );
    await expect(loadPretrained('no such model')).rejects.toThrow('"no such model"');
    await expect(loadPretrained('motion-2d', { url: 'x' } as object)).rejects.toThrow(
      'url is "x": unknown option; did you mean baseUrl?',
    );
  });

  it.each([
    [{ cache: 'yes' }, 'cache is "yes": expected true, false or an object with match and put'],
    [{ cache: null }, 'cache is null: expected true'],
    [{ fetch: 5 }, 'fetch is 5: expected a function'],
    [{ baseUrl: 7 }, 'baseUrl is 7: expected the address of a folder'],
  ])('refuses %j', async (options, message) => {
    await expect(loadShipped('motion-2d', models, options as object)).rejects.toThrow(message);
  });

  it('says in one line what is not where, damaged or of another release', async () => {
    const fails = async (options: object, message: string | RegExp, list = models) => {
      const error = await loadShipped('other-2d', list, options).then(
        () => new Error('loaded'),
        (error: Error) => error,
      );
      expect(error.name).toBe('ModelError');
      expect(error.message).not.toContain('\n');
      expect(error.message).toMatch(message);
    };
    const { options } = server();
    await fails(
      { ...options, baseUrl: 'https://example.org/elsewhere' },
      'other-2d/config.json: https://example.org/elsewhere/other-2d/config.json cannot be read (status 404); expected baseUrl to be',
    );
    const page = async () =>
      new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } });
    await fails({ ...options, fetch: page }, 'cannot be read (it is text/html)');
    const refused = () => Promise.reject(new TypeError('fetch failed'));
    await fails({ ...options, fetch: refused }, 'cannot be read (fetch failed)');
    const half = async () =>
      new Response(
        new ReadableStream({ start: (stream) => stream.error(new TypeError('terminated')) }),
      );
    await fails({ ...options, fetch: half }, 'cannot be read (cut off in transfer: terminated)');
    const lost = { ...models[2], files: { ...models[2].files, 'config.json': () => new URL('') } };
    await fails({}, 'this program does not know where it lies: expected baseUrl', [lost]);

    const config = await readFile(at('other-2d/config.json'), 'utf8');
    const weights = await readFile(at('other-2d/model.safetensors'));
    const changed = (change: (card: Record<string, unknown>) => void) => {
      const card = JSON.parse(config);
      change(card);
      return writeFile(at('other-2d/config.json'), JSON.stringify(card));
    };
    await writeFile(at('other-2d/model.safetensors'), weights.subarray(0, -4));
    await fails(
      {},
      /^other-2d\/model\.safetensors: the SHA-256 is \w+: expected \w+, as config\.json/,
    );
    await rm(at('other-2d/model.safetensors'));
    await fails({}, /^other-2d\/model\.safetensors: file:.* cannot be read \(ENOENT/);
    await writeFile(at('other-2d/model.safetensors'), weights);
    await changed((card) => Object.assign(card, { calibration: {} }));
    await fails({}, 'other-2d/config.json: the SHA-256 begins with');
    // Of a release that nothing is known of, what the configuration says of the weights still counts.
    const released = async () => {
      const sum = createHash('sha256').update(await readFile(at('other-2d/config.json')));
      return [{ ...models[2], release: sum.digest('hex').slice(0, 16) }];
    };
    await changed((card) => Object.assign(card, { version: 2 }));
    const version = 'other-2d/config.json: version is 2: this release reads version 1';
    await fails({}, version, await released());
    for (const sha256 of ['beef', undefined]) {
      await changed((card) => Object.assign(card, { weights: { sha256 } }));
      const written = sha256 ? '"beef"' : 'missing';
      const message = `other-2d/config.json: is of weights with the SHA-256 ${written}: expected`;
      await fails({}, message, await released());
    }
    await writeFile(at('other-2d/config.json'), config.slice(0, 40));
    await fails({}, 'other-2d/config.json: the SHA-256 begins with');
  });
});

describe('the list of models', () => {
  it('is that of the folder models (node packages/weights/scripts/list-models.mjs writes it)', async () => {
    expect(await readFile(here('shipped.ts'), 'utf8')).toBe(await shippedList());
  });

  it('takes no folder that is not whole or not named as it is to be', async () => {
    const own = join(folder, 'lists');
    const list = () => listOf(pathToFileURL(`${own}/`));
    await cp(at('motion-2d'), join(own, 'motion-3d'), { recursive: true });
    await expect(list()).rejects.toThrow(
      `${join(own, 'motion-3d/')}: judges tracks in 2D: expected a name that ends with -2d`,
    );
    await rename(join(own, 'motion-3d'), join(own, 'motion-2d'));
    expect(await list()).toContain("name: 'motion-2d'");
    await writeFile(join(own, 'motion-2d/README.md'), '---\nlibrary_name: diffusion\n---\n');
    await expect(list()).rejects.toThrow('README.md names no license');
    await rm(join(own, 'motion-2d/README.md'));
    await expect(list()).rejects.toThrow('README.md is missing');
  });

  it('says of each what it judges, and gives it by the dimension of the tracks', async () => {
    expect(models.map(({ files: _, ...known }) => known)[1]).toMatchObject({
      name: 'motion-2d',
      dim: 2,
      classes: ['ND', 'DM', 'CD', 'FBM'],
      exponent: false,
      lengths: { min: 35, max: 597 },
      network: 'multiscale',
    });
    for (const { name, dim } of pretrainedModels) {
      expect(name).toMatch(new RegExp(`-${dim}d$`));
      const [family] = name.split(/-\dd$/);
      expect(pretrainedFor(dim, family)?.name).toBe(name);
      const model = await loadPretrained(name);
      expect(model.card.recipe).toMatchObject({ format: 'diffusion-recipe' });
      const readme = await readFile(here(`../models/${name}/README.md`), 'utf8');
      expect(readme).toMatch(/^---\nlicense: "mit"\n/);
      model.dispose();
    }
    expect(pretrainedFor(7)).toBeUndefined();
  });
});
