// Writes src/shipped.ts, the list of the models in models/ and where their files lie, from their config.json:
//   node packages/weights/scripts/list-models.mjs
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
const list = new URL('src/shipped.ts', root);

/** Elements of the shape of a tensor in the header of a safetensors file, all together. */
function numbersIn(bytes) {
  const size = Number(bytes.readBigUInt64LE(0));
  const { __metadata__: _, ...tensors } = JSON.parse(bytes.subarray(8, 8 + size).toString());
  const counts = Object.values(tensors).map(({ shape }) => shape.reduce((a, b) => a * b, 1));
  return counts.reduce((a, b) => a + b, 0);
}

const text = (value) => `'${value.replace(/[\\']/g, '\\$&')}'`;

/** The line of a model, with its files written out: bundlers find and keep those that stand as `new URL('…', import.meta.url)`. */
async function entryOf(name, folder) {
  const wrong = (why) => new Error(`${fileURLToPath(folder)}: ${why}`);
  for (const file of ['README.md', 'config.json', 'model.safetensors']) {
    if (!existsSync(new URL(file, folder))) throw wrong(`${file} is missing`);
  }
  const readme = await readFile(new URL('README.md', folder), 'utf8');
  if (!/^---\nlicense: "./.test(readme)) throw wrong('README.md names no license');
  const config = await readFile(new URL('config.json', folder));
  const weights = await readFile(new URL('model.safetensors', folder));
  const { domain, output, network, weights: written } = JSON.parse(config.toString());
  const sha256 = createHash('sha256').update(weights).digest('hex');
  if (written?.sha256 !== sha256) {
    throw wrong('model.safetensors is not the one that config.json was written with');
  }
  if (!name.endsWith(`-${domain.dim}d`)) {
    throw wrong(`judges tracks in ${domain.dim}D: expected a name that ends with -${domain.dim}d`);
  }
  const url = (file) => `() => new URL('../models/${name}/${file}', import.meta.url)`;
  return [
    '  {',
    `    name: ${text(name)},`,
    `    dim: ${domain.dim},`,
    `    classes: [${(output.classes ?? []).map(text).join(', ')}],`,
    `    exponent: ${output.kind !== 'classes'},`,
    `    answersFor: ${text(output.kind === 'points' ? 'point' : 'track')},`,
    `    lengths: { min: ${domain.minLength}, max: ${domain.maxLength} },`,
    `    network: ${text(network.name)},`,
    `    numbers: ${numbersIn(weights)},`,
    `    bytes: ${weights.length},`,
    `    sha256: '${sha256}',`,
    `    release: '${createHash('sha256').update(config).digest('hex').slice(0, 16)}',`,
    '    files: {',
    `      'config.json': ${url('config.json')},`,
    `      'model.safetensors': ${url('model.safetensors')},`,
    '    },',
    '  },',
  ];
}

/** The list of the models in a folder, as code that is TypeScript and JavaScript alike. */
export async function listOf(models) {
  const names = existsSync(models) ? await readdir(models, { withFileTypes: true }) : [];
  const folders = names.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const lines = [];
  for (const name of folders.sort())
    lines.push(...(await entryOf(name, new URL(`${name}/`, models))));
  return [
    '// Written by scripts/list-models.mjs: do not edit.',
    '',
    '/** The models that come with this package, and where their files lie. */',
    ...(lines.length === 0
      ? ['export const shipped = [];']
      : ['export const shipped = [', ...lines, '];']),
    '',
  ].join('\n');
}

/** The list as it is to be. */
export const shippedList = () => listOf(new URL('models/', root));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(list, await shippedList());
}
