import { readFileSync } from 'node:fs';
import { useBackend } from '@diffusion/backends';
import { classicalModels } from './classical/catalogue.ts';
import { networkTable } from './network-table.ts';
import { networks } from './networks/index.ts';
import { optionTable } from './option-table.ts';

const page = readFileSync(new URL('../../../docs/models.md', import.meta.url), 'utf8');

describe('docs/models.md', () => {
  beforeAll(async () => {
    await useBackend('wasm');
  });

  it.each(networks.map((network) => [network.name, network] as const))(
    'has the options of %s as they are; else run `node scripts/network-tables.mjs`',
    (name, network) => {
      const [, table] = page.split(`<!-- table of ${name} -->\n`);
      expect(table?.split('\n<!-- end -->')[0]).toBe(networkTable(network));
    },
  );

  it.each(classicalModels.map(({ name, options }) => [name, options] as const))(
    'has the options of %s as they are; else run `node scripts/network-tables.mjs`',
    (name, options) => {
      const [, table] = page.split(`<!-- table of ${name} -->\n`);
      expect(table?.split('\n<!-- end -->')[0]).toBe(optionTable(options));
    },
  );

  it('has a section, a figure and an example for every network', () => {
    for (const { name } of networks) {
      const section = page
        .split(/^## /m)
        .find((part) => part.includes(`<!-- table of ${name} -->`));
      expect(section).toMatch(/^```text\n/m);
      expect(section).toMatch(/^```ts\n/m);
    }
  });
});
