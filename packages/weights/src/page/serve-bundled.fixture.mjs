// serve-bundled.fixture.mjs BUNDLER FOLDER: serves `bundled.fixture.mjs` as the bundler makes it of the packages as they are
// installed, with the models of FOLDER in place of those that are shipped, and prints the URL; ends with its standard input.
// A process of its own: Vite's native parts do not work among Jest's globals.
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
  html,
  installPackages,
  serveFolder,
} from '../../../../fixtures/bundled-page.mjs';

const [bundler, models] = process.argv.slice(2);
const binaries = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
const folder = await mkdtemp(join(tmpdir(), 'weights-page-'));
const made = join(folder, 'made');
let close = () => {};
process.stdin.resume().on('end', async () => {
  await close();
  await rm(folder, { recursive: true, force: true });
  process.exit(0);
});

await installPackages(folder);
const own = join(folder, 'node_modules/@diffusion/weights');
await rm(join(own, 'models'), { recursive: true, force: true });
await cp(join(models, 'models'), join(own, 'models'), { recursive: true });
await cp(join(models, 'src/shipped.mjs'), join(own, 'dist/shipped.js'));
await copyBinaries(binaries, join(folder, 'public/wasm'));
await cp(fileURLToPath(new URL('./bundled.fixture.mjs', import.meta.url)), join(folder, 'main.js'));
await writeFile(join(folder, 'index.html'), html('type="module"'));
const quiet = { root: folder, configFile: false, logLevel: process.env.LOG ?? 'silent' };

if (bundler === 'vite dev') {
  const server = await viteServer({
    ...quiet,
    cacheDir: join(folder, 'cache'),
    server: { host: '127.0.0.1', port: 0, fs: { strict: false } },
  });
  await server.listen();
  close = () => server.close();
  console.log(server.resolvedUrls.local[0]);
} else if (bundler === 'vite build') {
  await viteBuild({ ...quiet, build: { outDir: made } });
  close = await serveFolder(made, {});
} else {
  await mkdir(made);
  await cp(join(folder, 'public'), made, { recursive: true });
  // It keeps no files: the page has them at an address of its own.
  await cp(join(own, 'models'), join(made, 'trained'), { recursive: true });
  const classic = bundler === 'esbuild, a classic script';
  await esbuild({
    entryPoints: [join(folder, 'main.js')],
    bundle: true,
    minify: true,
    format: classic ? 'iife' : 'esm',
    external,
    logLevel: 'silent',
    outdir: made,
  });
  await writeFile(join(made, 'index.html'), html(classic ? 'defer' : 'type="module"'));
  close = await serveFolder(made, {});
}
