import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { chromiumHere, describeWith } from '../../../../fixtures/needs.ts';
import { type Bundler, serveBundled } from '../../../../fixtures/serve-bundled.ts';

const script = fileURLToPath(new URL('./serve-bundled.fixture.mjs', import.meta.url));

const browserHere = chromiumHere();

describeWith(browserHere)('workers of a page made by a bundler', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: browserHere.path, args: ['--no-sandbox'] });
  });
  afterAll(() => browser?.close());

  it.each<[Bundler, boolean]>([
    ['vite build', true],
    ['vite build', false],
    ['vite dev', true],
    ['vite dev', false],
    ['esbuild', true],
    ['esbuild', false],
    ['esbuild, a classic script', false],
  ])(
    'by %s, isolated %s, find their scripts and give the bits of one thread',
    async (bundler, isolated) => {
      const server = await serveBundled(script, bundler, isolated);
      const page = await browser.newPage();
      try {
        await page.goto(server.url);
        await page.waitForFunction('window.page');
        expect(await page.evaluate('page.isolated')).toBe(isolated);
        await page.evaluate('page.start()');
        for (const work of ['batches', 'columns', 'predicted', ...(isolated ? ['trained'] : [])]) {
          const alone = await page.evaluate(`page.${work}(0)`);
          expect([work, await page.evaluate(`page.${work}(2)`)]).toEqual([work, alone]);
        }
        const lost = await page.evaluate<string[]>('page.lost()');
        const start = 'WorkerError: worker 1 of 1 did not start: ';
        const wanted = ": expected the script @diffusion/simulate/worker (option 'createWorker'";
        const answers = `${new URL('/nowhere/worker.js', server.url)} answers with status 200 and text/html`;
        expect(lost[0]).toContain(`${start}its script could not be loaded; ${answers}${wanted}`);
        expect(lost[1]).toMatch(
          /did not start: Uncaught Error: broken; blob:.* and text\/javascript/,
        );
        expect(lost[2]).toContain(`${start}it did not say who it is within 3 s; blob:`);
      } finally {
        await page.close();
        await server.close();
      }
    },
    180_000,
  );
});
