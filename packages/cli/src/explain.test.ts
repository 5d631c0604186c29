import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  diffusion,
  expectOneLine,
  jsonOf,
  newFolder,
  removeFolder,
  runAll,
} from './command.fixture.ts';

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await newFolder();
  const made = await runAll(
    [
      'simulate --model brownian --D 0.1 --count 3 --length 30:40 --dim 2 --seed 1 --noise 0.05 --output walks.csv',
      'simulate --model brownian --D 0.1 --count 2 --length 3 --dim 2 --seed 2 --output short.csv',
      'train --recipe segments-andi2 --epochs 1 --batch-size 16 --shards 1 --set widths=8,12 --change data.batches=2 --change data.pointsPerBatch=400 --change data.tracksPerBatch={"min":4,"max":16} --change data.validation=8 --change data.test=8 --output points',
      'train --model forest --set trees=10 --features alpha,straightness,asymmetry --preset gajowczyk2021 --count 80 --seed 1 --output forest',
    ],
    folder,
  );
  for (const { code, err } of made) if (code !== 0) throw new Error(err);
}, 120_000);
afterAll(() => removeFolder(folder));

interface Result {
  readonly tracks: number;
  readonly explained: number;
  readonly method: string;
  readonly rows: readonly Record<string, string | number>[];
  readonly faithfulness: {
    readonly areas: Record<string, number>;
    readonly shuffled?: { readonly correlation: number };
  };
  readonly features: readonly { readonly name: string; readonly loss: number }[];
}

describe('diffusion explain', () => {
  it('writes a row per point, with the rank of the most relevant ones', async () => {
    const { code, out, err } = await diffusion(
      'explain walks.csv short.csv --method lrp --top 5 --output points.csv',
      folder,
    );
    expect({ code, err }).toEqual({
      code: 0,
      err: 'judged by motion-2d, which comes trained for 2D tracks (--model takes another)\n',
    });
    expect(out).toBe('3 of 5 tracks explained by lrp\nwrote points.csv\n');
    const [head, ...rows] = (await readFile(at('points.csv'), 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    expect(head.join()).toBe('file,track,frame,answer,relevance,rank,reason');
    const walks = (await readFile(at('walks.csv'), 'utf8')).trimEnd().split('\n').length - 1;
    expect(rows).toHaveLength(walks + 2);
    const first = rows.filter(([file, track]) => file === 'walks.csv' && track === '0');
    const byRank = first.filter((row) => row[5] !== '').sort((a, b) => +a[5] - +b[5]);
    expect(byRank.map((row) => row[5])).toEqual(['1', '2', '3', '4', '5']);
    const sorted = first.map((row) => Number(row[4])).sort((a, b) => b - a);
    expect(byRank.map((row) => Number(row[4]))).toEqual(sorted.slice(0, 5));
    for (const row of rows.slice(-2)) {
      expect(row.slice(0, 1).concat(row.slice(2, 6))).toEqual(['short.csv', '', '', '', '']);
      expect(row[6]).toMatch(/^"?too short/);
    }
  }, 60_000);

  it('says whether it is to be believed, and draws a picture per class', async () => {
    const ended = await diffusion('explain walks.csv --report look.html --json', folder);
    const result = jsonOf(ended) as Result;
    expect(result).toMatchObject({ tracks: 3, explained: 3, method: 'lrp', top: 25 });
    for (const area of Object.values(result.faithfulness.areas)) {
      expect(area).toBeGreaterThanOrEqual(0);
      expect(area).toBeLessThanOrEqual(1);
    }
    expect(Math.abs(result.faithfulness.shuffled!.correlation)).toBeLessThan(0.7);
    expect(result.features.length).toBeGreaterThan(10);
    expect(result.rows[0]).toMatchObject({ track: 0, frame: 0 });
    const html = await readFile(at('look.html'), 'utf8');
    expect(html).toContain('<h1>What motion-2d looks at in walks.csv</h1>');
    // Of so short tracks several classes are possible, as `diffusion predict` says.
    expect(html).toContain('<h2>Undecided tracks</h2>');
    expect(html).toMatch(/perhaps (brownian|confined|subdiffusive|directed|other|immobile)/);
    expect(html).not.toContain('<h2>Class ');
    const told = jsonOf(await diffusion('predict walks.csv --model motion-2d --json', folder));
    expect((told as { rows: { label: string }[] }).rows.map(({ label }) => label)).toEqual(
      new Array(3).fill(''),
    );
    expect(html).toContain('Is it to be believed?');
  }, 60_000);

  it('explains a rule in a sentence, a forest by its paths, both by occlusion', async () => {
    const [rule, forest] = await runAll(
      [
        'explain walks.csv --model exponent-rule --report rule.html',
        'explain walks.csv --model forest --report forest.html --json',
      ],
      folder,
    );
    expect({ code: rule.code, err: rule.err }).toEqual({ code: 0, err: '' });
    expect(rule.out).toBe('3 of 3 tracks explained by occlusion\nwrote rule.html\n');
    expect(await readFile(at('rule.html'), 'utf8')).toContain(
      'The exponent of the time-averaged MSD is',
    );
    const { features } = jsonOf(forest) as Result;
    expect(features.map(({ name }) => name)).toEqual(['alpha', 'straightness', 'asymmetry']);
    expect(await readFile(at('forest.html'), 'utf8')).toContain('before any feature');
  }, 60_000);

  it('explains one point of a network that answers for every point', async () => {
    const ended = await diffusion(
      'explain walks.csv --model points --target change --at 12 --method gradient-input --json',
      folder,
    );
    const { rows } = jsonOf(ended) as Result;
    expect(rows[0]).toMatchObject({ answer: 'change', frame: 0 });
    expect(rows.some(({ relevance }) => relevance !== 0)).toBe(true);
  }, 60_000);

  it.each([
    ['explain walks.csv', 'nothing would be written: expected --output, --report or --json'],
    ['explain walks.csv --json --method magic', "option '--method <name>' argument 'magic'"],
    ['explain walks.csv --json --top 0', 'Expected an integer of at least 1.'],
    ['explain walks.csv --json --target flying', 'target is "flying": expected class, exponent'],
    [
      'explain walks.csv --json --model exponent-rule --target flying',
      "target is 'flying': expected class, subdiffusion, free, superdiffusion, exponent",
    ],
    [
      'explain walks.csv --json --model max-test --method lrp',
      "option '--method' is lrp, which is for networks: expected occlusion",
    ],
    ['explain walks.csv --json --at 3', 'at is 3: the model answers for whole tracks'],
    ['explain walks.csv --json --model points', 'at is undefined: the model answers for every'],
    ['explain walks.csv --report walks.csv', 'walks.csv: expected a name in .html'],
    ['explain empty.csv --json', 'empty.csv'],
  ])(
    '%s: one line, code 2',
    async (command, message) => {
      await writeFile(at('empty.csv'), 'track,frame,x,y\n');
      expectOneLine(await diffusion(command, folder), message);
    },
    60_000,
  );
});
