// serve-bundled.fixture.mjs BUNDLER [isolated]: serves `bundled.fixture.mjs` as the bundler makes it, tfjs' binaries in
// /wasm/, and prints the URL; ends with its standard input. What is not there is answered with the page, as servers of
// single-page applications do. A process of its own: Vite's native parts do not work among Jest's globals.
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as esbuild } from 'esbuild';
import { build as viteBuild, createServer as viteServer } from 'vite';

const [bundler, isolated] = process.argv.slice(2);
const source = fileURLToPath(new URL('./bundled.fixture.mjs', import.meta.url));
const room = fileURLToPath(new URL('../..', import.meta.url));
const binaries = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
/** Node modules that tfjs' bundles name and a page never reaches. */
const external = ['fs', 'path', 'perf_hooks', 'os', 'worker_threads', 'util', 'url', 'crypto'];
const headers = isolated
  ? {
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    }
  : {};
const types = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };

const html = (script, type = ' type="module"') =>
  `<!doctype html><link rel="icon" href="data:,"><body><script${type} src="${script}"></script>`;

const folder = await mkdtemp(join(room, 'build-page-'));
const made = join(folder, 'made');
let close = () => {};
process.stdin.resume().on('end', async () => {
  await close();
  await rm(folder, { recursive: true, force: true });
  process.exit(0);
});

await cp(binaries, join(folder, 'public/wasm'), {
  recursive: true,
  filter: (path) => !extname(path) || path.endsWith('.wasm'),
});
await cp(source, join(folder, 'main.js'));
await writeFile(join(folder, 'index.html'), html('/main.js'));
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
    await writeFile(join(made, 'index.html'), html('/main.js', classic ? '' : undefined));
  }
  const page = await readFile(join(made, 'index.html'));
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    const file = await readFile(join(made, normalize(path))).catch(() => undefined);
    const type = file ? (types[extname(path)] ?? 'text/plain') : 'text/html';
    response.writeHead(200, { 'content-type': type, ...headers }).end(file ?? page);
  });
  close = () => server.close();
  server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/`));
}
