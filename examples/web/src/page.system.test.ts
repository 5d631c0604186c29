import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { simulate } from '@diffusion/simulate';
import { csvTable } from '@diffusion/tracks';
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Download,
  type Page,
} from 'playwright-core';
import { chromiumHere, describeWith } from '../../../fixtures/needs.ts';
import type { PageServer } from '../../../fixtures/serve-page.ts';
import { session } from '../../../packages/tracks/src/read/session.fixture.ts';
import { fileOf, largeTable, serveBuilt } from './page.fixture.ts';

const fromRoot = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const trackmate = fromRoot(
  'fixtures/real/spt2025b-trackmate/U2OS_40_SC35-Cropped_spots_cell2.csv.gz',
);
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

const browserHere = chromiumHere();

/** Figures for whoever reads the output of a run; none of them is a test. */
const tell = (what: string, value: number, unit: string) =>
  process.stderr.write(`page: ${what} ${value.toFixed(unit === 's' ? 2 : 0)} ${unit}\n`);

describeWith(browserHere)('the page', () => {
  let browser: Browser;
  let context: BrowserContext;
  let server: PageServer;
  let page: Page;
  let folder: string;
  const wrong: string[] = [];

  /** A page that has nothing of an earlier one. */
  async function fresh(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
    await context?.close();
    context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
    await context.addInitScript(() => {
      const seen = { violations: [] as string[], long: 0 };
      Object.assign(window, { seen });
      addEventListener('securitypolicyviolation', (event) => {
        seen.violations.push(`${event.violatedDirective}: ${event.blockedURI}`);
      });
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) seen.long = Math.max(seen.long, duration);
      }).observe({ entryTypes: ['longtask'] });
    });
    page = await context.newPage();
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) wrong.push(message.text());
    });
    page.on('pageerror', (error) => wrong.push(error.message));
    await page.goto(`${server.url}/`);
    await page.waitForSelector('.drop');
    return page;
  }

  beforeAll(async () => {
    server = await serveBuilt();
    folder = await mkdtemp(join(tmpdir(), 'page-'));
    browser = await chromium.launch({ executablePath: browserHere.path, args: ['--no-sandbox'] });
    await fresh();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    server?.close();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    expect(wrong.splice(0)).toEqual([]);
    expect(await page.evaluate('seen.violations')).toEqual([]);
  });

  const judged = () => page.waitForSelector('.summary .classes', { timeout: 60_000 });
  const quiet = () =>
    page.waitForFunction(() => !document.querySelector('.job'), null, { timeout: 120_000 });
  const count = async () =>
    Number((await page.textContent('.tracks .note'))?.replace(/ of .*|,/g, ''));
  const look = (tab: string) => page.click(`nav a[data-tab=${tab}]`);
  const trouble = () => page.textContent('.trouble');
  async function saved(name: string): Promise<Download> {
    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: 90_000 }),
      page.click(`[data-file="${name}"]`),
    ]);
    expect(download.suggestedFilename()).toBe(name);
    return download;
  }
  async function keep(name: string): Promise<string> {
    const path = join(folder, name);
    await (await saved(name)).saveAs(path);
    return path;
  }
  async function simulated(tracks: number, model = 'mixed'): Promise<void> {
    await page.click('summary:has-text("simulate")');
    await page.selectOption('#sim-model', model);
    await page.fill('#sim-count', String(tracks));
    await page.click('text=Simulate and judge');
    await judged();
  }
  async function noViolation(where: string): Promise<void> {
    // A script of the test's own, which the page's policy would refuse as an element.
    await page.evaluate(await readFile(axe, 'utf8'));
    const { violations } = await page.evaluate<{
      violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
    }>('axe.run(document, { resultTypes: ["violations"] })');
    const found = violations.map(
      ({ id, nodes }) =>
        `${where}: ${id}: ${nodes[0].html.slice(0, 200)} ${nodes[0].failureSummary}`,
    );
    expect(found).toEqual([]);
  }

  it('is small before a file is dropped, and says that nothing leaves the machine', async () => {
    const scripts = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => new URL(name))
        .filter(
          ({ pathname }) => pathname.endsWith('.js') && !pathname.endsWith('service-worker.js'),
        )
        .map(({ href }) => href),
    );
    let bytes = 0;
    for (const url of scripts)
      bytes += gzipSync(Buffer.from(await (await fetch(url)).arrayBuffer())).length;
    tell('script before a file is dropped', bytes / 1000, 'kB gzip');
    expect(bytes).toBeGreaterThan(1000);
    expect(bytes).toBeLessThan(400_000);
    const paint = await page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
    );
    tell('first view', paint / 1000, 's');
    expect(await page.textContent('.private')).toContain('Nothing leaves this machine');
    await noViolation('start');
  });

  it('reads every format, in one, two and three dimensions', async () => {
    const of = (dim: 1 | 2 | 3) =>
      simulate({ model: 'brownian', count: 12, length: 30, dim, seed: dim });
    const files = [
      await fileOf(of(2), 'a.csv'),
      await fileOf(of(2), 'a.csv.gz'),
      await fileOf(of(2), 'a.xml'),
      await fileOf(of(1), 'task1.txt'),
      await fileOf(of(3), 'a.json'),
      await fileOf(of(2), 'a.npy'),
      await fileOf(of(2), 'a.parquet'),
      await fileOf(of(3), 'a.geff.zip'),
    ];
    for (const file of files) {
      await page.setInputFiles('#pick', file);
      await judged();
      await page.waitForFunction(
        () => document.querySelector('.tracks .note')?.textContent === '12',
      );
      expect(await trouble()).toBe('');
    }
    // Of other programs; the second one is packed by Blosc.
    for (const [path, points] of [
      ['utrack.mat', 'of 2 to 4 points'],
      ['divided-2.geff.zip', 'tracks of'],
    ]) {
      await page.setInputFiles('#pick', fromRoot(`fixtures/formats/${path}`));
      await page.waitForFunction((text) => {
        const said = document.querySelector('.summary p')?.textContent ?? '';
        return !said.startsWith('12 tracks') && said.includes(text);
      }, points);
      await judged();
      expect(await trouble()).toBe('');
    }
    const text = session({
      spots: Array.from(
        { length: 10 },
        (_, t) => [t + 1, t, Math.sin(t * t)] as [number, number, number],
      ),
      tracks: { 0: Array.from({ length: 9 }, (_, t) => [t + 1, t + 2] as [number, number]) },
    });
    await page.setInputFiles('#pick', {
      name: 'session.xml',
      mimeType: 'text/xml',
      buffer: Buffer.from(text),
    });
    await page.waitForFunction(() => document.querySelector('.tracks .note')?.textContent === '1');
    await judged();
  }, 120_000);

  it('says what is wrong with a file, and stays alive', async () => {
    await page.setInputFiles('#pick', {
      name: 'broken.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('track,frame,x,y\n1,0,1,2\n1,1,one,2\n'),
    });
    await page.waitForSelector('.problem');
    expect(await trouble()).toMatch(/broken\.csv.*line 3.*column x/);
    await page.click('.problem button');
    expect(await trouble()).toBe('');
    // A gigabyte without a line end or a number, which takes no room on the disk.
    const big = join(folder, 'big.csv');
    const file = await open(big, 'w');
    await file.write('track,frame,x,y\n1,0,1,2\n');
    await file.truncate(2 ** 30);
    await file.close();
    await page.setInputFiles('#pick', big);
    await page.waitForSelector('.problem', { timeout: 60_000 });
    expect(await trouble()).toContain('big.csv');
    await page.click('.problem button');
    // A gigabyte of points: the same eight million bytes again and again, so that it takes no room in the memory.
    await page.evaluate(() => {
      const row = '1,1,1,1\n';
      const part = new Blob([row.repeat(1_000_000)]);
      const file = new File(
        ['track,frame,x,y\n', ...new Array<Blob>(130).fill(part)],
        'points.csv',
      );
      const given = new DataTransfer();
      given.items.add(file);
      dispatchEvent(new DragEvent('drop', { dataTransfer: given }));
    });
    await page.waitForSelector('.problem', { timeout: 120_000 });
    expect(await trouble()).toContain('points.csv: more than 10,000,000 points');
    await page.click('.problem button');
    expect(await count()).toBe(1);
  }, 240_000);

  it('goes from a TrackMate file to a report in three actions', async () => {
    await fresh();
    const started = performance.now();
    await page.setInputFiles('#pick', trackmate);
    await judged();
    tell('a TrackMate file is judged after', (performance.now() - started) / 1000, 's');
    await look('report');
    // It is shown section after section; this is one of the last.
    await page.waitForFunction(
      () =>
        [...(document.querySelector('.paper')?.shadowRoot?.querySelectorAll('h2') ?? [])].some(
          ({ textContent }) => textContent === 'Tracks that change most',
        ),
      null,
      { timeout: 120_000 },
    );
    await quiet();
    tell('and reported after', (performance.now() - started) / 1000, 's');
    const headings = await page.evaluate(() =>
      [...document.querySelector('.paper')!.shadowRoot!.querySelectorAll('h2')].map(
        ({ textContent }) => textContent,
      ),
    );
    expect(headings).toEqual(
      expect.arrayContaining([
        'The classes of motion',
        'The tracks',
        'Mean squared displacement by class',
        'States along the tracks',
      ]),
    );
    expect(headings.some((each) => each?.startsWith('What to expect'))).toBe(true);
    await noViolation('report');
  }, 180_000);

  it('links its views, and every choice can be taken back', async () => {
    await look('tracks');
    const all = await count();
    expect(all).toBeGreaterThan(20);
    const box = (await (await page.$('.plane-frame'))!.boundingBox())!;
    const drag = async (from: [number, number], to: [number, number]) => {
      await page.mouse.move(box.x + from[0] * box.width, box.y + from[1] * box.height);
      await page.mouse.down();
      await page.mouse.move(box.x + to[0] * box.width, box.y + to[1] * box.height, { steps: 4 });
      await page.mouse.up();
    };
    await drag([0.2, 0.05], [0.55, 0.85]);
    const some = await count();
    expect(some).toBeGreaterThan(0);
    expect(some).toBeLessThan(all);
    await page.waitForSelector('.key:has-text("selected")');
    expect(await page.getAttribute('.field-frame', 'aria-description')).toBe(
      `${some} of ${all} tracks are shown`,
    );
    await page.click('.chip >> nth=0');
    const fewer = await count();
    expect(fewer).toBeLessThanOrEqual(some);
    await page.goBack();
    expect(await count()).toBe(some);
    await page.goBack();
    expect(await count()).toBe(all);
    await page.goForward();
    expect(await count()).toBe(some);
    await page.keyboard.press('Control+z');
    await page.waitForFunction(
      (text) => document.querySelector('.tracks .note')?.textContent === text,
      String(all),
    );
    // In the field: select, then drag.
    await page.click('text=select');
    const frame = (await (await page.$('.field-frame'))!.boundingBox())!;
    await page.mouse.move(frame.x + 0.3 * frame.width, frame.y + 0.2 * frame.height);
    await page.mouse.down();
    await page.mouse.move(frame.x + 0.6 * frame.width, frame.y + 0.6 * frame.height, { steps: 3 });
    await page.mouse.up();
    expect(await count()).toBeLessThan(all);
    await page.click('text=show all');
    expect(await count()).toBe(all);
  }, 60_000);

  it('tells of a track its states and what the model looks at, by mouse and by keys', async () => {
    await page.click('.rows .row >> nth=2');
    await page.waitForSelector('.states svg', { timeout: 60_000 });
    await page.waitForSelector('.relevance svg, .relevance figcaption:has-text(":")');
    const first = await page.textContent('#track-title');
    await page.focus('.room');
    await page.keyboard.press('ArrowDown');
    expect(await page.textContent('#track-title')).not.toBe(first);
    expect(await page.textContent('.odds')).toContain('brownian');
    await page.focus('.field-frame');
    for (const key of ['+', 'ArrowLeft', '-', '0', 'n']) await page.keyboard.press(key);
    await page.waitForSelector('.states svg', { timeout: 60_000 });
    await noViolation('tracks');
    await page.screenshot({ path: join(folder, 'desk.png') });
  }, 90_000);

  it('saves what the command writes, and reads it again', async () => {
    await look('export');
    const predictions = await keep('predictions.csv');
    const tracks = await keep('tracks.csv');
    const segments = await keep('segments.csv');
    const shares = await keep('shares.csv');
    expect((await readFile(shares, 'utf8')).split('\n')[0]).toBe(
      'condition,like,per,class,share,low,high,reason',
    );
    for (const name of [
      'estimates.csv',
      'report.html',
      'field.svg',
      'field.png',
      'plane.svg',
      'msd.png',
      'shares.svg',
    ]) {
      const path = await keep(name);
      const head = (await readFile(path)).subarray(0, 200).toString('latin1');
      const begins = {
        svg: /^<svg/,
        png: /^.PNG/,
        html: /^<!doctype html>/,
        csv: /^track,points,D,D_low/,
      };
      expect(head).toMatch(begins[name.split('.')[1] as keyof typeof begins]);
    }
    expect(await page.textContent('.commands')).toContain(
      'diffusion report U2OS_40_SC35-Cropped_spots_cell2.csv.gz --output report.html',
    );
    const output = join(folder, 'command.csv');
    const { status, stderr } = spawnSync(
      process.execPath,
      [fromRoot('packages/cli/dist/diffusion.js'), 'predict', trackmate, '--output', output],
      { encoding: 'utf8' },
    );
    expect([status, stderr]).toEqual([0, expect.any(String)]);
    const [page_, command] = await Promise.all(
      [predictions, output].map(async (path) => csvTable(await readFile(path, 'utf8'), path)),
    );
    expect(page_.header).toEqual(command.header);
    expect(page_.rows).toHaveLength(command.rows.length);
    page_.rows.forEach((row, i) => {
      row.forEach((cell, j) => {
        const other = command.rows[i][j];
        if (command.header[j].startsWith('p_') && cell !== '')
          expect(Math.abs(Number(cell) - Number(other))).toBeLessThan(1e-4);
        else expect(cell).toBe(other);
      });
    });
    const again = spawnSync(
      process.execPath,
      [fromRoot('packages/cli/dist/diffusion.js'), 'segment', trackmate, '--output', output],
      { encoding: 'utf8' },
    );
    expect(again.status).toBe(0);
    const [ours, theirs] = await Promise.all(
      [segments, output].map(async (path) => csvTable(await readFile(path, 'utf8'), path)),
    );
    expect(ours.header).toEqual(theirs.header);
    expect(ours.rows.map((row) => row.slice(0, 4))).toEqual(
      theirs.rows.map((row) => row.slice(0, 4)),
    );
    await look('tracks');
    await page.setInputFiles('#pick', tracks);
    await page.waitForFunction(() =>
      document.querySelector('.summary')?.textContent?.includes('motion-2d'),
    );
    await page.setInputFiles('#pick', predictions);
    await page.waitForSelector('.summary p:has-text("judged by predictions.csv")');
    expect(await page.textContent('.unseen')).toMatch(/: (\d+) of \1 as before/);
    await look('export');
    expect((await readFile(await keep('diffusion.zip'))).length).toBeGreaterThan(10_000);
  }, 180_000);

  it('trains better than chance, judges by what it has learnt, and takes the model again', async () => {
    await fresh();
    await simulated(150);
    await look('train');
    await page.fill('#train-count', '768');
    await page.fill('#train-epochs', '3');
    const started = performance.now();
    await page.click('.train button:has-text("Train")');
    await page.waitForSelector('.learnt[d*="L"]', { timeout: 60_000 });
    await noViolation('train');
    await page.waitForSelector('.verdict', { timeout: 150_000 });
    tell('a training takes', (performance.now() - started) / 1000, 's');
    const verdict = (await page.textContent('.verdict'))!;
    const [, right] = /mean over the classes (\d+)/.exec(verdict)!;
    // A guess is right on 17 % of 1,500 tracks, give or take one point of percent.
    expect(Number(right)).toBeGreaterThan(25);
    await page.click('text=Judge my tracks by it');
    await page.waitForSelector('.summary p:has-text("judged by own")', { timeout: 60_000 });
    await look('export');
    const model = await keep('model.zip');
    const recipe = JSON.parse(await readFile(await keep('recipe.json'), 'utf8'));
    expect(recipe.format).toBe('diffusion-recipe');
    expect(await page.textContent('.commands')).toContain('--recipe recipe.json');
    // A model that is taken in its place was not trained by that recipe.
    await page.setInputFiles('#pick', model);
    await page.waitForSelector('[data-file="recipe.json"]', { state: 'detached' });
    expect(await page.textContent('.commands')).not.toContain('--recipe');
    await page.reload();
    await look('tracks');
    await simulated(30);
    await page.setInputFiles('#pick', model);
    await page.waitForSelector('.summary p:has-text("judged by model")', { timeout: 60_000 });
    expect(await trouble()).toBe('');
  }, 300_000);

  it('compares two conditions by the folders of their files', async () => {
    await fresh();
    for (const [condition, alpha] of [
      ['control', 1],
      ['drug', 0.4],
    ] as const) {
      await mkdir(join(folder, 'cells', condition), { recursive: true });
      for (let cell = 0; cell < 5; cell++) {
        const tracks = simulate({
          model: 'fbm',
          alpha,
          count: 8,
          length: 40,
          dim: 2,
          seed: 10 * alpha + cell,
          snr: 5,
        });
        await writeFile(
          join(folder, 'cells', condition, `${cell}.csv`),
          (await fileOf(tracks, 'a.csv')).buffer,
        );
      }
    }
    await page.setInputFiles('#pick-folder', join(folder, 'cells'));
    await judged();
    await page.selectOption('.tracks select', 'drug');
    expect(await count()).toBe(40);
    await page.selectOption('.field select', 'condition');
    await look('report');
    await page.waitForFunction(
      () =>
        [...(document.querySelector('.paper')?.shadowRoot?.querySelectorAll('h2') ?? [])].some(
          ({ textContent }) => textContent === 'The conditions',
        ),
      null,
      { timeout: 120_000 },
    );
    await look('export');
    expect(await page.textContent('.commands')).toContain('--by-folder');
  }, 180_000);

  it('opens without a network, and judges there', async () => {
    await fresh();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, {
      timeout: 60_000,
    });
    await context.setOffline(true);
    await page.reload();
    await page.waitForSelector('.drop');
    await simulated(40, 'fbm');
    expect(await page.textContent('.summary')).toContain('motion-2d');
    await page.click('.rows .row >> nth=0');
    await page.waitForSelector('.states figcaption:has-text("segments-2d")', { timeout: 60_000 });
    await context.setOffline(false);
  }, 120_000);

  it('can reach nothing else, neither the page nor its workers', async () => {
    let asked = 0;
    const other = await import('node:http').then(({ createServer }) => {
      const made = createServer((_, response) => {
        asked++;
        response.writeHead(200, { 'access-control-allow-origin': '*' }).end('here');
      });
      return new Promise<typeof made>((resolve) =>
        made.listen(0, '127.0.0.1', () => resolve(made)),
      );
    });
    const { port } = other.address() as { port: number };
    const ask = `fetch('http://127.0.0.1:${port}/').then(() => 'reached', () => 'refused')`;
    expect(page.workers().length).toBeGreaterThan(0);
    expect(await page.evaluate(ask)).toBe('refused');
    for (const worker of page.workers()) expect(await worker.evaluate(ask)).toBe('refused');
    expect(asked).toBe(0);
    other.close();
    // They are reported, as they should be.
    expect(await page.evaluate<string[]>('seen.violations.splice(0)')).toHaveLength(1);
    expect(wrong.splice(0).every((text) => /Content Security Policy|connect/i.test(text))).toBe(
      true,
    );
  }, 60_000);

  it('is accessible in the dark and on a telephone, too', async () => {
    for (const [where, options] of [
      ['dark', { colorScheme: 'dark' }],
      ['telephone', { viewport: { width: 390, height: 800 }, hasTouch: true }],
    ] as const) {
      await fresh(options);
      await simulated(40);
      await quiet();
      await page.click('.rows .row >> nth=1');
      await page.waitForSelector('.track .relevance');
      for (const tab of ['tracks', 'report', 'train', 'export']) {
        await look(tab);
        await page.waitForTimeout(300);
        await noViolation(`${where}, ${tab}`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect([where, tab, wide <= 0]).toEqual([where, tab, true]);
      }
    }
  }, 180_000);

  it('draws a hundred thousand points and a million', async () => {
    for (const points of [100_000, 1_000_000]) {
      await fresh();
      const path = join(folder, `${points}.csv`);
      await writeFile(path, largeTable(points));
      await page.evaluate('seen.long = 0');
      const started = performance.now();
      await page.setInputFiles('#pick', path);
      await page.waitForSelector('.field-frame[data-painted]', { timeout: 90_000 });
      tell(`${points} points are read and drawn after`, (performance.now() - started) / 1000, 's');
      await judged();
      tell(`${points} points are judged after`, (performance.now() - started) / 1000, 's');
      tell('longest task of the page', await page.evaluate<number>('seen.long'), 'ms');
      expect(await count()).toBe(points / 100);
    }
  }, 180_000);

  it('has everything in its folder that it keeps', async () => {
    const list = await (await fetch(`${server.url}/service-worker.js`)).text();
    const built = await readdir(fromRoot('examples/web/dist/assets'));
    for (const name of built) expect(list).toContain(`assets/${name}`);
    const manifest = await (await fetch(`${server.url}/manifest.webmanifest`)).json();
    for (const { src } of manifest.icons)
      expect((await fetch(`${server.url}/${src}`)).status).toBe(200);
  });
});
