import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const binaries = dirname(
  createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json'),
);

const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

const isolation = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** The page's script and the workers beside it, as a bundler makes them of the built packages; in a process of its own. */
function bundle(folder: string): void {
  const inputs = [
    here('./page.fixture.mjs'),
    here('../../dist/parallel/worker.js'),
    fileURLToPath(import.meta.resolve('@diffusion/models/worker')),
  ];
  const { stderr, status } = spawnSync(
    here('../../node_modules/.bin/rolldown'),
    [...inputs, '--dir', folder, '--format', 'esm', '--platform', 'browser'],
    { encoding: 'utf8', cwd: here('.') },
  );
  if (status !== 0) throw new Error(stderr);
}

/** Serves a page with this package and its workers: `/` cross-origin isolated, `/open` not. */
export async function servePage(): Promise<{ url: string; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'train-'));
  bundle(folder);
  const html =
    '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.fixture.js"></script>';
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const page = path === '/' || path === '/open';
    const file = path.startsWith('/wasm/')
      ? join(binaries, 'dist', path.slice('/wasm/'.length))
      : join(folder, path);
    try {
      const body = page ? html : await readFile(file);
      const type = page ? 'text/html' : (types[extname(path)] ?? 'text/plain');
      response.writeHead(200, { 'content-type': type, ...(path !== '/open' && isolation) });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
