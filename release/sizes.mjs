import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { root } from '../scripts/run.mjs';
import { packageOf, published } from './published.mjs';

/**
 * `node release/sizes.mjs [--json]`: what a page loads at first for each door of the packages, and for what is done with them,
 * bundled, minified and gzipped, beside the budgets of release/sizes.json; in bytes with `--json`. Exits with 1 where one
 * is over its budget; a door without a line of its own has the default.
 */
const budgets = JSON.parse(readFileSync(join(root, 'release/sizes.json'), 'utf8'));

/** The doors that a page can open: those that need Node have no place in one. */
const doors = published.flatMap(({ folder, manifest }) =>
  Object.keys(manifest.exports ?? {})
    .filter((door) => !/\.json$|\*|\/node$|worker$/.test(door))
    .map((door) => ({ name: manifest.name + door.slice(1), from: folder })),
);

/** What a page does, with all that it takes for it. */
const tasks = Object.keys(budgets.tasks).map((name) => ({
  name,
  from: join(root, 'packages/cli'),
  code: budgets.tasks[name].code,
}));

/** Bytes of the script that a page starts with, without what it imports later. */
async function size({ name, from, code = `export * from '${name}';` }) {
  // Peers are the program's own, and counted in a task; modules of Node are named by tfjs and never reached.
  const peers = published.flatMap(({ manifest }) => Object.keys(manifest.peerDependencies ?? {}));
  const outer = name in budgets.tasks ? [] : peers.filter((peer) => packageOf(name) !== peer);
  const others = outer.filter((peer) => !peer.startsWith('@diffusion/'));
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: from },
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    outdir: root,
    external: [...others, ...builtinModules, 'node:*'],
    logLevel: 'error',
    metafile: true,
  }).then((result) => ({ outputFiles: firstOf(result) }));
  return outputFiles.reduce((sum, file) => sum + gzipSync(file.contents).length, 0);
}

/** The files that are loaded before anything runs: the entry and what it imports at once. */
function firstOf({ metafile, outputFiles }) {
  const byPath = Object.entries(metafile.outputs);
  const [entry] = byPath.find(([, { entryPoint }]) => entryPoint === '<stdin>');
  const wanted = new Set([entry]);
  for (const path of wanted) {
    for (const { kind, path: next, external } of metafile.outputs[path].imports) {
      if (kind === 'import-statement' && !external) wanted.add(next);
    }
  }
  const names = [...wanted].map((path) => path.replace(/.*\//, ''));
  return outputFiles.filter(({ path }) => names.includes(path.replace(/.*\//, '')));
}

const rows = [];
for (const each of [...doors, ...tasks]) {
  const budget =
    (budgets.doors[each.name] ?? budgets.tasks[each.name]?.budget ?? budgets.default) * 1000;
  rows.push({ name: each.name, size: await size(each), budget });
}
const json = process.argv.includes('--json');
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(10);
const text = rows
  .map(({ name, size, budget }) => `${kilobytes(size)} of ${kilobytes(budget)}  ${name}`)
  .join('\n');
process.stdout.write(json ? JSON.stringify(rows) : `${text}\n`);
process.exitCode = rows.every(({ size, budget }) => size <= budget) ? 0 : 1;
