// serve-bundled.fixture.mjs BUNDLER [isolated]: serves `bundled.fixture.mjs` as the bundler makes it, tfjs' binaries in
// /wasm/, and prints the URL; ends with its standard input. What is not there is answered with the page, as servers of
// single-page applications do. A process of its own: Vite's native parts do not work among Jest's globals.
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as esbuild } from 'esbuild';
import { build as viteBuild, createServer as viteServer } from 'vite';
import {
  copyBinaries,
  external,
  headersOf,
  html,
  serveFolder,
} from '../../../../fixtures/bundled-page.mjs';

const [bundler, isolated] = process.argv.slice(2);
const source = fileURLToPath(new URL('./bundled.fixture.mjs', import.meta.url));
const room = fileURLToPath(new URL('../..', import.meta.url));
const binaries = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
const headers = headersOf(isolated);

const folder = await mkdtemp(join(room, 'build-page-'));
const made = join(folder, 'made');
let close = () => {};
process.stdin.resume().on('end', async () => {
  await close();
  await rm(folder, { recursive: true, force: true });
  process.exit(0);
});

await copyBinaries(binaries, join(folder, 'public/wasm'));
await cp(source, join(folder, 'main.js'));
await writeFile(join(folder, 'index.html'), html('type="module"'));
const quiet = { root: folder, configFile: false, logLevel: 'silent' };

if (bundler === 'vite dev') {
  const server = await viteServer({
    ...quiet,
    cacheDir: join(folder, 'cache'),
    server: { headers, host: '127.0.0.1', port: 0 },
  });
  await server.listen();
  close = () => server.close();
  console.log(server.resolvedUrls.local[0]);
} else {
  if (bundler === 'vite build') await viteBuild({ ...quiet, build: { outDir: made } });
  else {
    const classic = bundler === 'esbuild, a classic script';
    await mkdir(made);
    await cp(join(folder, 'public'), made, { recursive: true });
    await esbuild({
      entryPoints: [join(folder, 'main.js')],
      bundle: true,
      minify: true,
      format: classic ? 'iife' : 'esm',
      splitting: !classic,
      external,
      logLevel: 'silent',
      outdir: made,
    });
    await writeFile(join(made, 'index.html'), html(classic ? '' : 'type="module"'));
  }
  close = await serveFolder(made, headers);
}
