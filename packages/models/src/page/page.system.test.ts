import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { useBackend } from '@diffusion/backends';
import { gajowczyk2021 } from '@diffusion/simulate';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumHere, describeWith } from '../../../../fixtures/needs.ts';
import { bundle, type PageServer, servePage } from '../../../../fixtures/serve-page.ts';
import type { NetworkCard } from '../card.ts';
import { fitClassical } from '../classical/fit-classical.ts';
import { measureDomain } from '../domain/domain.ts';
import { modelFileNames, modelFiles, modelFromFiles } from '../files/artifacts.ts';
import { saveModel } from '../node/save-model.ts';
import type { NetworkModel } from '../predict/model.ts';
import { networkByName } from '../registry.ts';
import { trackModel } from '../track-model.ts';

const browserHere = chromiumHere();
const here = fileURLToPath(new URL('.', import.meta.url));
const tracks = gajowczyk2021({ count: 60, seed: 1 }).generate();

function network(): NetworkModel {
  const options = { task: 'class', dim: 2, classes: 4, widths: [8, 12], units: 16, seed: 5 };
  const card: NetworkCard = {
    format: 'diffusion-model',
    version: 1,
    network: { name: 'multiscale', options },
    output: { kind: 'classes', classes: ['ND', 'DM', 'CD', 'FBM'] },
    encoder: { kind: 'multiscale', dim: 2, length: null },
    domain: measureDomain(tracks),
    recipe: {},
    metrics: {},
    versions: {},
  };
  return trackModel(networkByName('multiscale').build(options), card);
}

describeWith(browserHere)('in a page', () => {
  let browser: Browser;
  let page: Page;
  let server: PageServer;
  let url: string;
  let folder: string;
  const wanted: Record<string, Record<string, number[]>> = {};

  beforeAll(async () => {
    await useBackend('wasm');
    folder = await mkdtemp(join(tmpdir(), 'models-'));
    const forest = fitClassical({
      kind: 'forest',
      trees: 5,
      tracks,
      features: ['alpha', 'straightness'],
    });
    for (const [name, model] of [
      ['network', network()],
      ['forest', forest],
    ] as const) {
      await saveModel(join(folder, name), model);
      wanted[name] = Object.fromEntries(
        Object.entries(await modelFiles(model)).map(([file, bytes]) => [file, [...bytes]]),
      );
    }
    bundle(join(here, '../..'), [join(here, 'page.fixture.ts')], folder);
    server = await servePage((path) =>
      path === '/'
        ? '<!doctype html><input type="file" multiple><script type="module" src="/page.fixture.js"></script>'
        : readFile(join(folder, path)),
    );
    url = server.url;
    browser = await chromium.launch({ executablePath: browserHere.path, args: ['--no-sandbox'] });
    page = await browser.newPage();
    await page.goto(url);
    await page.waitForFunction('globalThis.page');
    expect(await page.evaluate('page.start()')).toBe('cpu');
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(['network', 'forest'])(
    'a %s comes from a URL and IndexedDB bit for bit',
    async (name) => {
      expect(await page.evaluate(`page.fromUrl('${url}/${name}')`)).toEqual(wanted[name]);
      expect(await page.evaluate(`page.throughIndexedDb('${url}/${name}')`)).toEqual(wanted[name]);
    },
  );

  it.each(['network', 'forest'])('a %s comes from picked files', async (name) => {
    const paths = modelFileNames.map((file) => join(folder, name, file)).filter(existsSync);
    await page.setInputFiles('input', paths);
    expect(await page.evaluate('page.fromPickedFiles()')).toEqual(wanted[name]);
  });

  it('gives the weights back to Node bit for bit', async () => {
    const files: Record<string, number[]> = await page.evaluate(`page.fromUrl('${url}/network')`);
    const bytes = Object.fromEntries(
      Object.entries(files).map(([name, numbers]) => [name, Uint8Array.from(numbers)]),
    );
    const back = (await modelFromFiles(bytes, 'page')) as NetworkModel;
    const original = network();
    const weights = ({ network }: NetworkModel) =>
      network.getWeights().map((weight) => [...weight.dataSync()]);
    expect(weights(back)).toEqual(weights(original));
    expect(
      weights(back)
        .flat()
        .some((w) => w !== 0),
    ).toBe(true);
    back.dispose();
    original.dispose();
  });

  it('names what is not there', async () => {
    expect(await page.evaluate('page.missing()')).toBe(
      "ModelError: IndexedDB has no model 'another'",
    );
    await expect(page.evaluate(`page.fromUrl('${url}/nothing')`)).rejects.toThrow(
      `${url}/nothing/card.json: cannot be read (status 404)`,
    );
  });
});
