import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { curvesPlot } from '@diffusion/eval';
import type { Item } from '../item.ts';
import { runItem } from './run-item.ts';

let folder: string;
let calls: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diffusion-reproduce-'));
  calls = join(folder, 'calls');
});
afterEach(() => rm(folder, { recursive: true }));

const program = [
  process.execPath,
  fileURLToPath(new URL('./command.fixture.mjs', import.meta.url)),
];
const scales = { says: 'Sums.', minutes: 1 };

const sums = (item: string, second: string): Item => ({
  source: 'benitez2023',
  item,
  title: 'Sums',
  about: 'Two sums, and their sum.',
  unspecified: ['The law of addition.'],
  scales: { small: scales, full: scales },
  stages: () => [
    [
      { name: 'first', command: ['first', '{output}', calls, '1', '2'] },
      { name: second, command: [second, '{output}', calls, '3', '4'] },
    ],
    [{ name: 'both', command: ['both', '{output}', calls, '{part:first}', `{part:${second}}`] }],
  ],
  compute: async () => 0.5,
  assemble: async ({ json, text, computed }) => {
    const { sum } = json('both') as { sum: number };
    return {
      rows: [
        {
          name: 'both',
          measure: 'sum',
          paper: 9.5,
          ours: sum,
          low: sum - 1,
          high: sum + 1,
          unit: 'plain',
        },
        {
          name: 'first',
          measure: 'share',
          paper: 0.25,
          ours: Number(await text('first', 'sum')) / 10,
          unit: 'percent',
        },
        { name: 'computed', measure: 'number', ours: computed as number, unit: 'plain' },
      ],
      figures: [
        {
          name: 'sums',
          alt: 'A sum',
          caption: 'A sum.',
          spec: curvesPlot({
            panels: [{ title: 'sum', curves: [{ name: 'a', points: [{ x: 1, value: sum }] }] }],
            x: 'x',
          }),
        },
      ],
    };
  },
});

const linesOf = async () => (await readFile(calls, 'utf8')).trim().split('\n');
const run = (item: Item) =>
  runItem(item, { folder, scale: 'small', program, workers: 2, commit: 'abc' });

describe('runItem', () => {
  it('runs parts in their stages, and writes numbers of the paper beside ours', async () => {
    const { rows, commit, scale } = await run(sums('grid', 'second'));
    expect([commit, scale]).toEqual(['abc', 'small']);
    expect(rows[0]).toMatchObject({ paper: 9.5, ours: 10 });
    const own = join(folder, 'benitez2023', 'grid');
    expect((await readFile(join(own, 'table.csv'), 'utf8')).trim().split('\n')).toEqual([
      'name,measure,unit,paper,ours,low,high,difference',
      'both,sum,plain,9.5,10,9,11,0.5',
      'first,share,percent,0.25,0.3,,,0.05',
      'computed,number,plain,,0.5,,,',
    ]);
    const html = await readFile(join(own, 'index.html'), 'utf8');
    for (const said of ['The law of addition.', '30.00 %', '+5.00', '9 to 11', '<svg'])
      expect(html).toContain(said);
    expect(await readFile(join(own, 'figures', 'sums.svg'), 'utf8')).toContain('<svg');
    expect(JSON.parse(await readFile(join(own, 'figures', 'sums.vl.json'), 'utf8'))).toHaveProperty(
      '$schema',
    );
    expect(JSON.parse(await readFile(join(own, 'table.json'), 'utf8')).rows).toEqual(rows);
    expect((await linesOf()).sort()).toEqual(['both', 'first', 'second']);
  });

  it('does what is done once, for whatever item needs it', async () => {
    const { rows } = await run(sums('grid', 'second'));
    expect((await run(sums('grid', 'second'))).rows).toEqual(rows);
    expect(await linesOf()).toHaveLength(3);
    await run(sums('confusion', 'third'));
    expect((await linesOf()).slice(3).sort()).toEqual(['both', 'third']);
  });

  it('tells why a part failed, and goes on once it is mended', async () => {
    const item = sums('grid', 'fails');
    await expect(run(item)).rejects.toThrow(
      'part fails of benitez2023 grid failed: there is no disk',
    );
    await writeFile(`${calls}.mended`, '');
    expect((await run(item)).rows[0].ours).toBe(10);
    expect((await linesOf()).filter((name) => name === 'first')).toHaveLength(1);
  });
});
