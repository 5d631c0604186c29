import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumHere, itWith } from '../fixtures/needs.ts';
import { type PageServer, servePage } from '../fixtures/serve-page.ts';

/**
 * The site as it is published: every guide has a page, no link and no address within a page leads nowhere (VitePress ends the
 * build for pages alone), nothing comes from another host, and pages can be read by day, by night, on a telephone and by who does not see.
 */
const here = import.meta.dirname;
const site = mkdtempSync(join(tmpdir(), 'diffusion-site-'));
const browser = chromiumHere();
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

const run = (program: string, args: readonly string[]) => {
  const { status, stderr, stdout } = spawnSync(program, args, {
    cwd: here,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return status === 0 ? '' : `${stdout}${stderr}`;
};

const filesOf = (folder: string, ending: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith(ending),
  );

/** What stands in the pages of the site, by their paths. */
const pages = new Map<string, { ids: Set<string>; links: string[]; loaded: string[] }>();
let broken = '';

beforeAll(() => {
  broken =
    run(process.execPath, ['scripts/api.mjs']) ||
    run(process.execPath, ['scripts/notebooks.mjs']) ||
    run(join(here, 'node_modules/.bin/vitepress'), ['build', '--outDir', site]);
  if (broken) return;
  for (const path of filesOf(site, '.html')) {
    const text = readFileSync(join(site, path), 'utf8');
    const all = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, found]) => found);
    pages.set(path, {
      ids: new Set(all(/\sid="([^"]+)"/g)),
      links: all(/<a [^>]*?href="([^"]+)"/g),
      loaded: all(/<(?:script|img|source|iframe)\b[^>]*? src="([^"]+)"/g).concat(
        all(/<link\b[^>]*? href="([^"]+)"/g),
      ),
    });
  }
}, 900_000);

afterAll(() => rmSync(site, { recursive: true, force: true }));

/** The path of the page at an address of the site, from the page that links to it; undefined where there is none. */
function pageAt(address: string, from: string): string | undefined {
  const path = address.startsWith('/') ? address.slice(1) : join(dirname(from), address);
  const page = path === '' || path.endsWith('/') ? `${path}index.html` : path;
  return [page, `${page}.html`].find((each) => pages.has(each));
}

describe('the site of the guides', () => {
  it('is built', () => expect(broken).toBe(''));

  it('has a page for every guide, every package and every door', () => {
    const guides = filesOf(here, '.md').filter((name) => !/node_modules|\.vitepress/.test(name));
    const expected = guides.map((name) =>
      name === 'README.md'
        ? 'guides.html'
        : name.replace(/README\.md$/, 'index.md').replace(/\.md$/, '.html'),
    );
    expect(expected.filter((name) => !pages.has(name))).toEqual([]);
    expect(guides.some((name) => name.startsWith('api/'))).toBe(true);
    expect(pages.has('packages/tracks.html') && pages.has('weights/motion-2d.html')).toBe(true);
    expect(pages.has('examples/web.html')).toBe(true);
  });

  it('has no link that leads nowhere', () => {
    const dead: string[] = [];
    for (const [path, { links, ids }] of pages) {
      for (const link of links) {
        if (/^[a-z]+:/.test(link)) continue;
        const [address, anchor] = decodeURIComponent(link).split('#');
        const page = address === '' ? path : pageAt(address, path);
        const known = page === path ? ids : page && pages.get(page)?.ids;
        if (!known || (anchor && !known.has(anchor))) dead.push(`${path}: ${link}`);
      }
    }
    expect(dead).toEqual([]);
  });

  it('loads nothing from another host', () => {
    const loaded = [...pages].flatMap(([, page]) => page.loaded);
    expect(loaded.length).toBeGreaterThan(100);
    expect(loaded.filter((address) => /^(?:[a-z]+:)?\/\//i.test(address))).toEqual([]);
    const styles = filesOf(site, '.css').map((name) => readFileSync(join(site, name), 'utf8'));
    expect(
      styles.join('').match(/@import|url\((?!["']?data:|["']?\/assets|["']?#)[^)]*\)/g) ?? [],
    ).toEqual([]);
  });

  itWith(browser)(
    'is read in a browser: by day, by night, on a telephone, without a violation that axe finds, and searched',
    async () => {
      const server: PageServer = await servePage((path) => {
        const file = join(site, path === '/' ? 'index.html' : path);
        return readFileSync(statSync(file).isDirectory() ? join(file, 'index.html') : file);
      });
      const chrome = await chromium.launch({
        executablePath: browser.path,
        args: ['--no-sandbox'],
      });
      try {
        const wrong: string[] = [];
        const look = readFileSync(axe, 'utf8');
        for (const [width, colorScheme] of [
          [1280, 'light'],
          [1280, 'dark'],
          [390, 'dark'],
        ] as const) {
          const page = await chrome.newPage({ viewport: { width, height: 800 }, colorScheme });
          page.on('console', (message) => {
            if (message.type() === 'error') wrong.push(`${page.url()}: ${message.text()}`);
          });
          page.on('request', (request) => {
            const address = request.url();
            if (!address.startsWith(server.url) && !address.startsWith('data:'))
              wrong.push(address);
          });
          for (const path of [
            'index',
            '404',
            'tutorial',
            'guides',
            'architecture',
            'networks',
            'report',
            'from-pytorch',
            'models-of-motion/fbm',
            'notebooks/ten-minutes',
            'notebooks/coming-from-andi-datasets-and-trackpy',
            'examples/web',
            'weights/motion-2d',
            'api/sweep',
          ]) {
            await page.goto(`${server.url}/${path}.html`);
            // The script of the page is what names its parts (theme/landmarks.ts).
            await page.waitForFunction(
              () =>
                document.querySelector('main, [role="main"]') &&
                !document.querySelector('.item[role="button"] > .caret[role]'),
            );
            await page.evaluate(look);
            const [over, dark, title] = await page.evaluate(
              () =>
                [
                  document.documentElement.scrollWidth - window.innerWidth,
                  document.documentElement.classList.contains('dark'),
                  document.title,
                ] as const,
            );
            if (over > 0) wrong.push(`${path} is ${over} wider than a page of ${width}`);
            expect(dark).toBe(colorScheme === 'dark');
            expect(title).toMatch(/\S/);
            const { violations } = await page.evaluate<{
              violations: { id: string; nodes: { html: string }[] }[];
            }>('axe.run(document, { resultTypes: ["violations"] })');
            wrong.push(
              ...violations.map(({ id, nodes }) => `${path}, ${width}: ${id}, ${nodes[0].html}`),
            );
          }
          await page.close();
        }
        const page = await chrome.newPage();
        await page.goto(`${server.url}/architecture.html`);
        expect(await page.locator('.graph svg .node').count()).toBeGreaterThan(8);
        await page.keyboard.press('Control+k');
        await page.locator('#localsearch-input').fill('deriveSeed');
        await page.locator('.VPLocalSearchBox .result').first().waitFor();
        expect(wrong).toEqual([]);
      } finally {
        await chrome.close();
        server.close();
      }
    },
    900_000,
  );
});
