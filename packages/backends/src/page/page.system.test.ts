import { type Browser, chromium, type Page } from 'playwright-core';
import {
  chromiumHere,
  describeWith,
  itWith,
  type Need,
  vulkanLoader,
} from '../../../../fixtures/needs.ts';
import { conformanceCases, type Result } from '../conformance/index.ts';
import type { BackendReport } from '../use-backend.ts';
import { servePage } from './serve.fixture.ts';

const browserHere = chromiumHere();

/** What makes Chromium offer WebGL and WebGPU without a GPU. */
const software = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--ignore-gpu-blocklist',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];

interface Checked {
  report: BackendReport;
  isolated: boolean;
  results: Result[];
}

describeWith(browserHere)('in a page', () => {
  let browser: Browser;
  let page: Page;
  let server: Awaited<ReturnType<typeof servePage>>;

  beforeAll(async () => {
    server = await servePage();
    browser = await chromium.launch({
      executablePath: browserHere.path,
      args: ['--no-sandbox', ...software],
    });
    page = await browser.newPage();
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });
  beforeEach(() => page.goto(server.url));

  // A GPU in software compiles shaders for a tenth of a second or two in every case.
  for (const [name, ...needs] of [['wasm'], ['webgl'], ['webgpu', vulkanLoader()]] as [
    string,
    ...Need[],
  ][]) {
    itWith(...needs)(
      `every op and its gradients agree with float64 on ${name}`,
      async () => {
        await page.waitForFunction('window.check');
        const checked: Checked = await page.evaluate(`window.check('${name}')`);
        expect(checked.report).toMatchObject({ name, reason: 'asked for' });
        expect(checked.isolated).toBe(true);
        expect(checked.results).toHaveLength(conformanceCases.length);
        expect(checked.results.filter(({ problem }) => problem)).toEqual([]);
      },
      300_000,
    );
  }

  it('trains to the same bits with one worker and with two', async () => {
    await page.waitForFunction('window.train');
    const one: number[] = await page.evaluate('window.train(1)');
    const two: number[] = await page.evaluate('window.train(2)');
    expect(two).toEqual(one);
    expect(one.every(Number.isFinite)).toBe(true);
  });

  it.each([
    ['that cannot start', 'setup', /^worker [12] of 2: no such model$/],
    ['that throws', 'throw', /^worker [12] of 2: a bad shard$/],
    ['that ends', 'exit', /^worker [12] of 2 ended: it was closed or crashed$/],
  ])('ends with an error at a worker %s', async (_, trouble, problem) => {
    await page.waitForFunction('window.fail');
    expect(await page.evaluate(`window.fail('${trouble}')`)).toMatch(problem);
  });

  it('takes wasm before a GPU, with threads', async () => {
    await page.waitForFunction('window.choose');
    const report: BackendReport = await page.evaluate('window.choose()');
    expect(report.name).toBe('wasm');
    expect(report.device).toMatch(/^WebAssembly with (relaxed )?SIMD, \d+ threads?$/);
    expect(report.rejected).toEqual([{ name: 'node-gpu', why: 'needs Node' }]);
  });
});
