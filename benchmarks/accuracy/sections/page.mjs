import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };
/** Node modules that tfjs' bundles name and a page never reaches. */
const external = 'fs path perf_hooks os worker_threads util url crypto node:*'.split(' ');

/**
 * The same as `time`, in a page of Chromium that has one thread: a fresh page per round. Chromium is found as the tests find
 * it, or by DIFFUSION_CHROMIUM.
 */
export async function page(where, dim, { rounds, tracks, tell }) {
  const executablePath = process.env.DIFFUSION_CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) {
    throw new Error(`there is no Chromium at ${executablePath}: set DIFFUSION_CHROMIUM`);
  }
  const folder = await mkdtemp(join(tmpdir(), 'accuracy-page-'));
  try {
    await madePage(folder, where);
    const server = await served(folder);
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    try {
      const runs = [];
      for (let round = 0; round < rounds; round++) {
        tell(`page: round ${round + 1} of ${rounds}`);
        const opened = await browser.newPage();
        await opened.goto(server.url);
        await opened.waitForFunction('window.judge');
        const task = JSON.stringify({ dim, rounds, count: tracks });
        runs.push(await opened.evaluate(`judge(${task})`));
        await opened.close();
      }
      const least = (name) => Math.min(...runs.map((run) => run[name]));
      const [load, firstAnswer, sinceOpened, all] = [
        'load',
        'firstAnswer',
        'sinceOpened',
        'all',
      ].map(least);
      const { points } = runs[0];
      const perSecond = (1000 * tracks) / all;
      return { load, firstAnswer, sinceOpened, all, perSecond, tracks, points };
    } finally {
      await browser.close();
      server.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A folder with the page, its program in one file, tfjs' binaries and the model. */
async function madePage(folder, where) {
  const shipped = fileURLToPath(import.meta.resolve('@diffusion/weights'));
  const model = existsSync(where) ? where : join(dirname(shipped), '../models', where);
  await cp(model, join(folder, 'model'), { recursive: true });
  const wasm = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
  await mkdir(join(folder, 'wasm'));
  for (const name of ['', '-simd', '-threaded-simd']) {
    const file = `tfjs-backend-wasm${name}.wasm`;
    await cp(join(wasm, file), join(folder, 'wasm', file));
  }
  await build({
    entryPoints: [join(import.meta.dirname, '../page/judge.mjs')],
    bundle: true,
    minify: true,
    format: 'esm',
    external,
    logLevel: 'silent',
    outfile: join(folder, 'main.js'),
  });
  await writeFile(
    join(folder, 'index.html'),
    '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/main.js"></script>',
  );
}

async function served(folder) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const path = normalize(pathname === '/' ? '/index.html' : pathname);
    const bytes = await readFile(join(folder, path)).catch(() => undefined);
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    response.writeHead(bytes ? 200 : 404, { 'content-type': type }).end(bytes);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
