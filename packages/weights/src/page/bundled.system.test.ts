import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { useBackend } from '@diffusion/backends';
import { simulate } from '@diffusion/simulate';
import { type Browser, chromium } from 'playwright-core';
import { chromiumHere, describeWith } from '../../../../fixtures/needs.ts';
import { type Bundler, serveBundled } from '../../../../fixtures/serve-bundled.ts';
import { packageWith, smallModel } from '../small-model.fixture.ts';

const script = fileURLToPath(new URL('./serve-bundled.fixture.mjs', import.meta.url));
const tracks = simulate({ model: 'fbm', alpha: 0.6, count: 5, length: 60, dim: 2, seed: 1 });

const browserHere = chromiumHere();

describeWith(browserHere)('a trained model in a page made by a bundler', () => {
  let browser: Browser;
  let folder: string;
  let wanted: number[];

  beforeAll(async () => {
    await useBackend('wasm');
    folder = await mkdtemp(join(tmpdir(), 'weights-'));
    await packageWith(folder, ['motion-2d']);
    const model = smallModel();
    wanted = [...(await model.predict(tracks)).probabilities!];
    model.dispose();
    browser = await chromium.launch({ executablePath: browserHere.path, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });

  it.each<[Bundler, beside: boolean]>([
    ['vite build', true],
    ['vite dev', true],
    ['esbuild', false],
    ['esbuild, a classic script', false],
  ])(
    'by %s (its files are kept: %s) judges as in Node, is kept when asked, and says what is not there',
    async (bundler, beside) => {
      const server = await serveBundled(script, bundler, false, folder);
      const page = await browser.newPage();
      try {
        await page.goto(server.url);
        await page.waitForFunction('window.page');
        await page.evaluate('page.start()');
        expect(await page.evaluate('page.names()')).toEqual(['motion-2d']);
        const judged = async (options: object) => {
          const found = await page.evaluate<number[]>(`page.judged(${JSON.stringify(options)})`);
          expect(found).toHaveLength(wanted.length);
          const apart = found.map((p, i) => Math.abs(p - wanted[i]));
          expect(Math.max(...apart)).toBeLessThan(1e-6);
        };
        const where = beside ? {} : { baseUrl: '/trained' };
        await judged(where);
        expect(await page.evaluate('page.kept()')).toEqual([]);
        const requests: string[] = [];
        page.on('request', (request) => requests.push(request.url()));
        await judged({ ...where, cache: true });
        const files = ['config.json', 'model.safetensors'];
        const kept = files.map((file) =>
          expect.stringMatching(new RegExp(`^/motion-2d/\\w+/${file}$`)),
        );
        expect(await page.evaluate('page.kept()')).toEqual(kept);
        expect(requests.length).toBeGreaterThan(0);
        requests.length = 0;
        await judged({ ...where, cache: true });
        // Nothing is asked for where the models would be.
        await judged({ baseUrl: '/nowhere', cache: true });
        expect(requests).toEqual([]);

        const failed = (name: string, options = {}) =>
          page.evaluate(`page.failed('${name}', ${JSON.stringify(options)})`);
        expect(await failed('motion-2')).toContain('did you mean motion-2d?');
        const lost = await failed('motion-2d', { baseUrl: '/nowhere' });
        expect(lost).toContain(
          'ModelError: motion-2d/config.json: /nowhere/motion-2d/config.json cannot be read (it is text/html',
        );
        if (!beside) {
          expect(await failed('motion-2d')).toMatch(
            /^ModelError: motion-2d\/config\.json: .* expected baseUrl/,
          );
        }
      } finally {
        await page.close();
        await server.close();
      }
    },
    180_000,
  );
});
