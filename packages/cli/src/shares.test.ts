import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diffusion, newFolder, removeFolder } from './command.fixture.ts';

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await newFolder();
  const walk = 'simulate --model brownian --count 30 --length 60 --dim 2 --D 0.5 --noise 0.1';
  for (const [k, condition] of ['control', 'drug'].entries()) {
    await mkdir(at(condition));
    await diffusion(`${walk} --seed ${k + 1} --output ${condition}/cell.csv`, folder);
  }
});
afterAll(() => removeFolder(folder));

describe('diffusion shares', () => {
  it('says the shares of a file with intervals, corrected in two ways, and of conditions why it does not', async () => {
    const { code, out, err } = await diffusion(
      'shares control drug --by-folder --simulated 600 --depth 3 --max-jump 5 --json --output shares.csv',
      folder,
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { tracks, model, like, missing, conditions } = JSON.parse(out);
    expect(model).toBe('motion-2d');
    expect([tracks, missing, Object.keys(like)]).toEqual([60, {}, ['file', 'training']]);
    for (const { perParticle, perLocalisation, withLosses } of Object.values<never>(like)) {
      for (const shares of [perParticle, perLocalisation, withLosses] as {
        name: string;
        share: number;
        interval: [number, number];
      }[][]) {
        expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 1);
        const brownian = shares.find(({ name }) => name === 'brownian')!;
        // All of them are.
        expect(brownian.interval[1]).toBeGreaterThan(0.97);
        expect(brownian.share).toBeGreaterThan(0.6);
      }
    }
    expect(
      conditions.conditions.map(({ name, units }: { name: string; units: number }) => [
        name,
        units,
      ]),
    ).toEqual([
      ['control', 1],
      ['drug', 1],
    ]);
    const [{ from, to, perParticle }] = conditions.differences;
    expect([from, to]).toEqual(['control', 'drug']);
    expect(perParticle[0].reason).toMatch(/^too few files \(1\): expected 5 and more/);
    expect(perParticle[0].interval).toBeUndefined();

    const [head, ...rows] = (await readFile(at('shares.csv'), 'utf8')).trimEnd().split('\n');
    expect(head).toBe('condition,like,per,class,share,low,high,reason');
    // Six classes: two simulations and two conditions of three kinds of shares, and a difference.
    expect(rows).toHaveLength(6 * (2 * 3 + 2 * 3 + 1));
    expect(rows[0]).toMatch(/^,file,particle,immobile,[\d.e-]+,[\d.e-]+,[\d.e-]+,$/);
  });

  it('prints a table', async () => {
    const { code, out } = await diffusion('shares control/cell.csv --simulated 600', folder);
    expect(code).toBe(0);
    expect(out).toMatch(/^30 tracks, corrected by \d+ simulated ones like those of the file; /);
    expect(out).toMatch(/^ {2}brownian +\d+\.\d \(\d+\.\d – \d+\.\d\)/m);
    expect(out).toMatch(
      /^30 tracks, corrected by \d+ simulated ones of the training of the model; /m,
    );
  });

  it('says why a model cannot be corrected', async () => {
    const { code, err } = await diffusion('shares control/cell.csv --model likelihood', folder);
    expect(code).toBe(2);
    expect(err).toMatch(
      /^diffusion: likelihood: model has the class .*: expected those of the prior 'motion', .*; the card of the model names no simulated tracks of classes\n$/,
    );
  });
});
