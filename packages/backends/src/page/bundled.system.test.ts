import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { chromiumHere, describeWith } from '../../../../fixtures/needs.ts';
import { type Bundler, serveBundled } from '../../../../fixtures/serve-bundled.ts';

const script = fileURLToPath(new URL('./serve-bundled.fixture.mjs', import.meta.url));

const browserHere = chromiumHere();

interface Answer {
  name?: string;
  device?: string;
  isolated?: boolean;
  error?: string;
}

describeWith(browserHere)('in a page made by a bundler', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: browserHere.path, args: ['--no-sandbox'] });
  });
  afterAll(() => browser?.close());

  /** What the page answers, with the binaries at each of some places. */
  async function ask(bundler: Bundler, isolated: boolean, places: string[]): Promise<Answer[]> {
    const server = await serveBundled(script, bundler, isolated);
    try {
      const answers: Answer[] = [];
      for (const place of places) {
        const page = await browser.newPage();
        await page.goto(server.url + place);
        await page.waitForFunction('window.answer');
        answers.push(await page.evaluate('window.answer'));
        await page.close();
      }
      return answers;
    } finally {
      await server.close();
    }
  }

  it.each<[Bundler, boolean, RegExp]>([
    ['vite build', true, /^WebAssembly with (relaxed )?SIMD, 1 thread$/],
    ['vite build', false, /^WebAssembly with (relaxed )?SIMD, 1 thread$/],
    ['vite dev', true, /^WebAssembly with (relaxed )?SIMD, \d+ threads?$/],
    ['vite dev', false, /^WebAssembly with (relaxed )?SIMD, 1 thread$/],
    ['esbuild', true, /^WebAssembly with (relaxed )?SIMD, 1 thread$/],
    ['esbuild', false, /^WebAssembly with (relaxed )?SIMD, 1 thread$/],
  ])(
    'of %s, isolated %s, wasm starts, or the URL that is no binary is named',
    async (bundler, isolated, device) => {
      const [right, wrong] = await ask(bundler, isolated, ['?wasm=/wasm/', '?wasm=/nowhere/']);
      expect(right).toEqual({ name: 'wasm', device: expect.stringMatching(device), isolated });
      expect(wrong.error).toMatch(
        /^BackendError: useBackend: wasm: http:.*\/nowhere\/tfjs-backend-wasm-.*\.wasm answered text\/html: expected a \.wasm file/,
      );
    },
    120_000,
  );

  it('of a classic script, the files are looked for beside it', async () => {
    const [beside] = await ask('esbuild, a classic script', false, ['']);
    expect(beside.error).toMatch(
      /wasm: http:\/\/127\.0\.0\.1:\d+\/tfjs-backend-wasm-simd\.wasm answered text\/html/,
    );
  });
});
