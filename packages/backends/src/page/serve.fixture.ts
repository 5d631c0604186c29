import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const { resolve } = createRequire(import.meta.url);
const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const tfjs = ['core', 'layers', 'backend-cpu', 'backend-wasm', 'backend-webgl', 'backend-webgpu'];
const folderOf = (name: string) => dirname(resolve(`@tensorflow/tfjs-${name}`));

/** tfjs' bundles name Node modules that a page never reaches. */
const NOTHING = 'data:text/javascript,export default {}';
const nodeOnly = ['fs', 'path', 'perf_hooks', 'os', 'worker_threads', 'seedrandom', 'util', 'url'];

const imports = {
  ...Object.fromEntries(tfjs.map((name) => [`@tensorflow/tfjs-${name}`, `/tfjs/${name}.js`])),
  ...Object.fromEntries(nodeOnly.map((name) => [name, NOTHING])),
};

const html = `<!doctype html><link rel="icon" href="data:,">
<script type="importmap">${JSON.stringify({ imports })}</script>
<script type="module">
  import { useBackend } from '/dist/index.js';
  import { checkConformance, conformanceCases } from '/dist/conformance/index.js';
  const packages = {
    '@tensorflow/tfjs-backend-webgl': () => import('@tensorflow/tfjs-backend-webgl'),
    '@tensorflow/tfjs-backend-webgpu': () => import('@tensorflow/tfjs-backend-webgpu'),
  };
  window.check = async (name, share) => {
    const report = await useBackend(name, { wasmPaths: '/wasm/', load: (name) => packages[name]() });
    const cases = conformanceCases.filter((_, i) => i % share === 0);
    return { report, isolated: crossOriginIsolated, results: await checkConformance(cases) };
  };
  window.choose = () => useBackend('auto', { wasmPaths: '/wasm/', load: (name) => packages[name]() });
</script>`;

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

function fileOf(path: string): string {
  const [, kind, ...rest] = path.split('/');
  if (kind === 'dist') return join(dist, ...rest);
  if (kind === 'wasm') return join(folderOf('backend-wasm'), ...rest);
  const name = rest[0].replace(/\.js$/, '');
  return join(folderOf(name), `tf-${name}.fesm.js`);
}

/** Serves a cross-origin isolated page with this package's built files and tfjs. */
export async function servePage(): Promise<{ url: string; close(): void }> {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    try {
      const body = path === '/' ? html : await readFile(fileOf(path));
      response.writeHead(200, {
        'content-type': types[path === '/' ? '.html' : extname(path)] ?? 'text/plain',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
