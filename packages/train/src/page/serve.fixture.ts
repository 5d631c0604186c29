import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle, servePage as serve } from '../../../../fixtures/serve-page.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const binaries = dirname(
  createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json'),
);

/** Serves a page with this package, its worker and that of the models: `/` cross-origin isolated, `/open` not. */
export async function servePage(): Promise<{ url: string; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'train-'));
  const inputs = [
    here('./page.fixture.mjs'),
    here('../../dist/parallel/train-worker.js'),
    fileURLToPath(import.meta.resolve('@diffusion/models/worker')),
  ];
  bundle(here('../..'), inputs, folder);
  const html =
    '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.fixture.js"></script>';
  const server = await serve(
    (path) => {
      if (path === '/' || path === '/open') return html;
      const wasm = path.startsWith('/wasm/');
      return readFile(
        wasm ? join(binaries, 'dist', path.slice('/wasm/'.length)) : join(folder, path),
      );
    },
    (path) => path !== '/open',
  );
  return {
    url: server.url,
    async close() {
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
