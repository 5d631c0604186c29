import { spawnSync } from 'node:child_process';
import { useBackend } from '@diffusion/backends';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumHere, describeWith } from '../../../../fixtures/needs.ts';
import { servePage } from './serve.fixture.ts';

const browserHere = chromiumHere();

interface Trained {
  losses: number[];
  weights: number[];
}

/** The same training in a Node whose kernels use the same instructions as the page's. */
async function trainedInNode(device: string): Promise<Trained> {
  const here = await useBackend('wasm');
  const relaxed = (name: string) => /relaxed/.test(name);
  const flags =
    relaxed(device) && !relaxed(here.device) ? ['--experimental-wasm-relaxed-simd'] : [];
  const module = (name: string) => JSON.stringify(import.meta.resolve(name));
  const program = `
    const { useBackend } = await import(${module('@diffusion/backends')});
    const { trained } = await import(${module('./training.fixture.mjs')});
    await useBackend('wasm');
    process.stdout.write(JSON.stringify(await trained(0)));`;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [...flags, '--input-type=module', '-e', program],
    { encoding: 'utf8', maxBuffer: 2 ** 26 },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

describeWith(browserHere)('in a page', () => {
  let browser: Browser;
  let page: Page;
  let server: Awaited<ReturnType<typeof servePage>>;
  let device: string;

  const open = async (path: string) => {
    page = await browser.newPage();
    await page.goto(server.url + path);
    await page.waitForFunction('globalThis.page');
    device = (await page.evaluate<{ device: string }>('page.start()')).device;
    return page.evaluate<boolean>('page.isolated');
  };

  beforeAll(async () => {
    server = await servePage();
    browser = await chromium.launch({ executablePath: browserHere.path, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  afterEach(() => page.close());

  it('trains to the same bits as in Node with any number of workers', async () => {
    expect(await open('/')).toBe(true);
    const alone = await page.evaluate<Trained>('page.trained(0)');
    expect(alone.weights.every(Number.isFinite)).toBe(true);
    for (const workers of [1, 2]) {
      expect(await page.evaluate(`page.trained(${workers})`)).toEqual(alone);
    }
    expect(alone).toEqual(await trainedInNode(device));
  });

  it('predicts with workers what it predicts without', async () => {
    expect(await open('/')).toBe(true);
    const alone = await page.evaluate<{ labels: string[] }>('page.predicted(0)');
    expect(alone.labels.some((label) => label !== '')).toBe(true);
    for (const workers of [1, 2]) {
      expect(await page.evaluate(`page.predicted(${workers})`)).toEqual(alone);
    }
  });

  it('ends with an error when a worker dies', async () => {
    expect(await open('/')).toBe(true);
    expect(await page.evaluate('page.orphaned()')).toBe(
      'WorkerError: worker 2 of 2 ended: it was closed or crashed',
    );
  });

  it('says that a training with workers needs a cross-origin isolated page; the rest does not', async () => {
    expect(await open('/open')).toBe(false);
    expect(await page.evaluate('page.refused()')).toBe(
      'WorkerError: no memory can be shared with workers here: expected a cross-origin isolated page',
    );
    expect(await page.evaluate('page.predicted(2)')).toEqual(
      await page.evaluate('page.predicted(0)'),
    );
    const { losses } = await page.evaluate<Trained>('page.trained(0)');
    expect(losses.every(Number.isFinite)).toBe(true);
  });
});
