// serve-bundled.fixture.mjs BUNDLER [isolated]: serves `bundled.fixture.mjs` as the bundler makes it of the packages as they
// are installed, tfjs' binaries in /wasm/, and prints the URL; ends with its standard input. What is not there is answered
// with the page, as servers of single-page applications do. A process of its own: Vite's native parts do not work among
// Jest's globals.
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as esbuild } from 'esbuild';
import { build as viteBuild, createServer as viteServer } from 'vite';
import {
  copyBinaries,
  external,
  headersOf,
  html,
  installPackages,
  serveFolder,
} from '../../../../fixtures/bundled-page.mjs';

const [bundler, isolated] = process.argv.slice(2);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const binaries = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
const headers = headersOf(isolated);

const folder = await mkdtemp(join(tmpdir(), 'train-page-'));
const made = join(folder, 'made');
const classic = bundler === 'esbuild, a classic script';
let close = () => {};
process.stdin.resume().on('end', async () => {
  await close();
  await rm(folder, { recursive: true, force: true });
  process.exit(0);
});

await installPackages(folder);
await copyBinaries(binaries, join(folder, 'public/wasm'));
await cp(here('./bundled.fixture.mjs'), join(folder, 'main.js'));
await cp(here('./training.fixture.mjs'), join(folder, 'training.fixture.mjs'));
// Vite's build finds the workers with tfjs by itself; elsewhere the page has files of its own for them.
const options = ['models', 'train'].map((name) => {
  const url = `new URL('./${name}-worker.js', ${classic ? 'location.href' : 'import.meta.url'})`;
  return `${name}: { createWorker: () => new Worker(${url}, { type: 'module' }) },`;
});
const itself = bundler === 'vite build';
await writeFile(
  join(folder, 'options.js'),
  `export const options = { ${itself ? '' : options.join('\n')} };`,
);
const workers = itself ? [] : ['models', 'train'].map((name) => join(folder, `${name}-worker.js`));
for (const name of itself ? [] : ['models', 'train']) {
  await writeFile(join(folder, `${name}-worker.js`), `import '@diffusion/${name}/worker';`);
}
await writeFile(join(folder, 'index.html'), html('type="module"'));
const quiet = { root: folder, configFile: false, logLevel: process.env.LOG ?? 'silent' };

if (bundler === 'vite dev') {
  const server = await viteServer({
    ...quiet,
    cacheDir: join(folder, 'cache'),
    // Else it reloads the page when it first meets them.
    optimizeDeps: { include: ['@diffusion/models/worker', '@diffusion/train/worker'] },
    server: { headers, host: '127.0.0.1', port: 0, fs: { strict: false } },
  });
  await server.listen();
  close = () => server.close();
  console.log(server.resolvedUrls.local[0]);
} else {
  if (bundler === 'vite build') await viteBuild({ ...quiet, build: { outDir: made } });
  else {
    await mkdir(made);
    await cp(join(folder, 'public'), made, { recursive: true });
    await esbuild({
      entryPoints: [join(folder, 'main.js'), ...workers],
      bundle: true,
      minify: true,
      format: classic ? 'iife' : 'esm',
      splitting: !classic,
      external,
      logLevel: 'silent',
      outdir: made,
    });
    await writeFile(join(made, 'index.html'), html(classic ? 'defer' : 'type="module"'));
  }
  close = await serveFolder(made, headers);
}
