// Writes the tables of options in docs/models.md from the declarations of the models. Build the package first.
import { readFileSync, writeFileSync } from 'node:fs';
import { useBackend } from '@diffusion/backends';
import { networks } from '@diffusion/models';
import { classicalModels } from '@diffusion/models/classical';
import { networkTable } from '../dist/network-table.js';
import { optionTable } from '../dist/option-table.js';

await useBackend('wasm');
const path = new URL('../../../docs/models.md', import.meta.url);
const tables = new Map([
  ...networks.map((network) => [network.name, networkTable(network)]),
  ...classicalModels.map(({ name, options }) => [name, optionTable(options)]),
]);
const page = readFileSync(path, 'utf8').replace(
  /(<!-- table of (\S+) -->\n)[\s\S]*?(<!-- end -->)/g,
  (_, begin, name, end) => `${begin}${tables.get(name)}\n${end}`,
);
writeFileSync(path, page);
