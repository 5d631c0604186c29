import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { servePage as serve } from '../../../../fixtures/serve-page.ts';

const { resolve } = createRequire(import.meta.url);
const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const source = fileURLToPath(new URL('../', import.meta.url));
const folderOf = (name: string) => dirname(resolve(`@tensorflow/tfjs-${name}`));

/** tfjs' bundles name Node modules that a page never reaches. */
const NOTHING = 'data:text/javascript,export default {}';
const nodeOnly = ['fs', 'path', 'perf_hooks', 'os', 'worker_threads', 'seedrandom', 'util', 'url'];

/** Where a bare import leads: an import map would not reach into workers. */
function locate(name: string): string {
  if (nodeOnly.includes(name)) return NOTHING;
  const [, own] = /^@diffusion\/backends\/?(.*)$/.exec(name) ?? [];
  if (own !== undefined) return `/dist/${own ? `${own}/` : ''}index.js`;
  if (name === '@diffusion/workers') return '/workers/index.js';
  return name.replace(/^@tensorflow\/tfjs-(.*)$/, '/tfjs/$1.js');
}

const rewrite = (source: string) =>
  source.replace(
    /(\bfrom |\bimport |\bimport\()(['"])([@a-z][^'"./]*(?:\/[^'"]*)?)\2/g,
    (_, before, quote, name) => `${before}${quote}${locate(name)}${quote}`,
  );

const html = `<!doctype html><link rel="icon" href="data:,">
<script type="module">
  import { useBackend } from '/dist/index.js';
  import { meanInOrder } from '/dist/parallel/index.js';
  import { startPool } from '/workers/index.js';
  import { checkConformance } from '/dist/conformance/index.js';
  const packages = {
    '@tensorflow/tfjs-backend-webgl': () => import('/tfjs/backend-webgl.js'),
    '@tensorflow/tfjs-backend-webgpu': () => import('/tfjs/backend-webgpu.js'),
  };
  window.check = async (name) => {
    const report = await useBackend(name, { wasmPaths: '/wasm/', load: (name) => packages[name]() });
    return { report, isolated: crossOriginIsolated, results: await checkConformance() };
  };
  const start = (workers, trouble) => startPool({
    script: {
      name: 'train.fixture',
      spawn: () => new Worker('/src/parallel/train.fixture.mjs', { type: 'module' }),
    },
    workers,
    setup: { wasmPaths: '/wasm/', trouble },
    shared: { parameters: 113, gradients: 226 },
  });
  window.train = async (workers) => {
    const pool = start(workers);
    await pool.all([{ command: 'show' }]);
    const { parameters, gradients } = pool.shared;
    const mean = new Float32Array(113);
    for (let step = 0; step < 3; step++) {
      await pool.all([{ shard: 0, samples: 3 }, { shard: 1, samples: 2 }]);
      meanInOrder(gradients, [3, 2], mean);
      for (let i = 0; i < 113; i++) parameters[i] -= 0.1 * mean[i];
    }
    await pool.close();
    return [...parameters];
  };
  window.fail = async (trouble) => start(2, trouble)
    .all([{ command: 'show' }, { shard: 0, samples: 3 }, { shard: 1, samples: 2 }])
    .catch((error) => error.message);
  window.choose = () => useBackend('auto', { wasmPaths: '/wasm/', load: (name) => packages[name]() });
</script>`;

function fileOf(path: string): string {
  const [, kind, ...rest] = path.split('/');
  if (kind === 'src') return join(source, ...rest);
  if (kind === 'dist') return join(dist, ...rest);
  if (kind === 'workers')
    return fileURLToPath(new URL(rest.join('/'), import.meta.resolve('@diffusion/workers')));
  if (kind === 'wasm') return join(folderOf('backend-wasm'), ...rest);
  const name = rest[0].replace(/\.js$/, '');
  return join(folderOf(name), `tf-${name}.fesm.js`);
}

/** Serves a cross-origin isolated page with this package's built files and tfjs. */
export const servePage = () =>
  serve(async (path) => {
    if (path === '/') return html;
    const file = await readFile(fileOf(path));
    return /\.m?js$/.test(path) ? rewrite(String(file)) : file;
  });
