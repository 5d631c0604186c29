import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diffusion } from './command.fixture.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diffusion-compare-'));
  const file = (name: string, text: string) => writeFile(join(folder, name), text);
  await file('network.csv', 'track,label\n0,ND\n1,FBM\n2,CD\n3,DM\n4,ND\n');
  await file(
    'max.csv',
    'track,label\n4,normal\n3,normal\n2,subdiffusion\n1,subdiffusion\n0,normal\n',
  );
  await file(
    'truth.csv',
    'track,label,length,snr,alpha\n0,ND,20,1,1\n1,FBM,30,2,0.5\n2,CD,120,1,1\n3,ND,20,2,1\n4,DM,20,2,1\n',
  );
});
afterAll(() => rm(folder, { recursive: true }));

const map = '--map ND=normal,DM=superdiffusion,FBM=subdiffusion,CD=subdiffusion';

describe('diffusion compare', () => {
  it('tells how methods agree, in text, JSON and a page', async () => {
    const { code, out, err } = await diffusion(
      `compare network.csv max.csv ${map} --reference truth.csv --report both.html`,
      folder,
    );
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/network {2}max {5}\s*5\s+80\.0 %/);
    const html = await readFile(join(folder, 'both.html'), 'utf8');
    expect(html).toContain('McNemar');
    const { out: text } = await diffusion(`compare network.csv max.csv ${map} --json`, folder);
    const [pair] = JSON.parse(text).pairs;
    expect(pair).toMatchObject({ first: 'network', second: 'max', count: 5, agreement: 0.8 });
    // Agreement 0.8, of which chance would give 2/5 · 3/5 + 2/5 · 2/5.
    expect(pair.kappa).toBeCloseTo((0.8 - 0.4) / (1 - 0.4), 12);
  });

  it('says in a line what it cannot do', async () => {
    for (const [args, said] of [
      ['compare network.csv', 'there is 1 prediction: expected at least two'],
      ['compare network.csv max.csv --names a', "option '--names' has 1 name: expected 2"],
      [
        'compare network.csv max.csv --map ND',
        "option '--map <class=common,…>' argument 'ND' is invalid",
      ],
      ['compare network.csv max.csv --map XY=a', 'the mapping names XY'],
    ]) {
      const { code, out, err } = await diffusion(args, folder);
      expect([code, out]).toEqual([2, '']);
      expect(err).toContain(said);
      expect(err.trimEnd()).not.toContain('\n');
    }
  });
});

describe('diffusion evaluate --by', () => {
  it('gives every metric by stratum', async () => {
    const evaluate = 'evaluate --predictions network.csv --reference truth.csv';
    const { out } = await diffusion(`${evaluate} --by length,snr,model --json`, folder);
    const { by, accuracy } = JSON.parse(out);
    expect(accuracy).toBe(0.6);
    expect(Object.keys(by)).toEqual(['length', 'snr', 'model']);
    expect(
      by.snr.map((bin: { name: string; classes: { accuracy: number } }) => [
        bin.name,
        bin.classes.accuracy,
      ]),
    ).toEqual([
      ['1', 1],
      ['2', 1 / 3],
    ]);
    const { out: text } = await diffusion(
      `${evaluate} --by length --edges length=10,100 --report e.html`,
      folder,
    );
    expect(text).toMatch(/10–100\s+4\s+50\.0 %/);
    expect(await readFile(join(folder, 'e.html'), 'utf8')).toContain('By length');
    const wrong = await diffusion(`${evaluate} --by size`, folder);
    expect([wrong.code, wrong.out]).toEqual([2, '']);
    expect(wrong.err).toContain('expected some of length, snr, alpha, model');
    const unasked = await diffusion(`${evaluate} --by snr --edges length=1,2`, folder);
    expect(unasked.err).toContain("option '--edges' is of length: expected it among --by, too");
  });
});
