import { renderSvg } from '@diffusion/eval/render';
import { computedOf, resultsOf } from './assembled.fixture.ts';
import type { Item } from './item.ts';
import { items } from './items.ts';
import { rowText } from './write-row.ts';

/** These read files or models that their parts wrote, or draw thousands of images: they are run by `pnpm reproduce:all` alone. */
const ofFiles = [
  'gajowczyk2021 table-1',
  'gajowczyk2021 table-16',
  'gajowczyk2021 figure-5',
  'wadnet2021 figure-5',
  'wadnet2021 figure-9',
  'lipnet2016 figure-3',
  'lipnet2016 figure-4',
  'lipnet2016 figure-14',
  'lipnet2016 figure-15',
  'benitez2023 heat-maps',
];
const all = items.map((item): [string, Item] => [`${item.source} ${item.item}`, item]);

describe('what parts print', () => {
  it.each(all.filter(([name]) => !ofFiles.includes(name)))('comes to %s', async (_, item) => {
    const computed = item.compute && computedOf(item.item);
    for (const scale of ['small', 'full'] as const) {
      const {
        rows,
        figures = [],
        tables = [],
        notes = [],
      } = await item.assemble(resultsOf(scale, computed));
      expect(rows.length + figures.length + tables.length).toBeGreaterThan(0);
      for (const row of rows) {
        // A row has a number of its own or the paper's, and an interval holds what it is of.
        expect([row, rowText(row.ours ?? row.paper, row.unit)]).not.toEqual([row, '–']);
        if (row.ours === undefined || row.low === undefined || row.high === undefined) continue;
        expect(row.low).toBeLessThanOrEqual(row.ours);
        expect(row.high).toBeGreaterThanOrEqual(row.ours);
      }
      expect(notes.filter((note) => /NaN|undefined/.test(note))).toEqual([]);
      // Pictures of an item are alike.
      for (const { spec, name } of scale === 'small' ? figures.slice(0, 2) : []) {
        const svg = await renderSvg(spec);
        expect([name, svg.includes('<svg'), /NaN|undefined/.test(svg)]).toEqual([
          name,
          true,
          false,
        ]);
      }
    }
  });
});
