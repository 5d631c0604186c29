import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diffusion, newFolder, removeFolder } from './command.fixture.ts';

let folder: string;
const at = (name: string) => join(folder, name);
const rowsOf = async (name: string) =>
  (await readFile(at(name), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));

beforeAll(async () => {
  folder = await newFolder();
  await diffusion(
    'simulate --model brownian --D 0.5 --count 20 --length 30 --dim 2 --seed 1 --noise 0.4 --output walks.csv',
    folder,
  );
});
afterAll(() => removeFolder(folder));

describe('diffusion estimate', () => {
  it('writes D, α and σ of every track with intervals, and says the medians', async () => {
    const { code, out, err } = await diffusion(
      'estimate walks.csv --exposure 0 --output estimates.csv',
      folder,
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^20 tracks, 20 estimated, 0 not\nmedian of/);
    const [head, ...rows] = await rowsOf('estimates.csv');
    expect(head.join()).toBe(
      'track,points,D,D_low,D_high,alpha,alpha_low,alpha_high,sigma,sigma_low,sigma_high,reason',
    );
    expect(rows).toHaveLength(20);
    const held = rows.filter(([, , , low, high]) => Number(low) < 0.5 && 0.5 < Number(high));
    // Fewer than 16 of 20 hold D at a coverage of 95 % with a probability of 0.3 %.
    expect(held.length).toBeGreaterThanOrEqual(16);
  });

  it('has rows in its JSON where no file is named, and says what is withheld and why', async () => {
    const [head, ...rest] = (await readFile(at('walks.csv'), 'utf8')).split('\n');
    await writeFile(at('short.csv'), [head, ...rest.slice(0, 3), ...rest.slice(30, 60)].join('\n'));
    const { code, out } = await diffusion('estimate short.csv --model brownian --json', folder);
    expect(code).toBe(0);
    const { tracks, estimated, reasons, estimates, D } = JSON.parse(out);
    expect([tracks, estimated, estimates.length]).toEqual([2, 1, 2]);
    expect(Object.keys(reasons)).toEqual([
      'too short: 3 points, expected 4 and more',
      'exposure not given: σ is known but for the blur',
    ]);
    expect(estimates[0]).toMatchObject({ points: 3, D: null });
    expect(estimates[1]).toMatchObject({ points: 30, alpha: 1, sigma_low: null });
    expect(D.medianLow).toBeLessThan(D.median);
  });

  it('takes the errors of points from a table', async () => {
    const [head, ...rest] = (await readFile(at('walks.csv'), 'utf8')).trimEnd().split('\n');
    await writeFile(
      at('errors.csv'),
      [`${head},x_err,y_err`, ...rest.map((line) => `${line},0.4,0.4`)].join('\n'),
    );
    await diffusion('estimate errors.csv --exposure 0 --output known.csv', folder);
    const known = await rowsOf('known.csv');
    const sigmas = new Set(known.slice(1).map((row) => row[known[0].indexOf('sigma')]));
    expect([...sigmas]).toEqual(['0.4']);
  });

  it('puts the drift beside for directed motion, and what a classifier says', async () => {
    const asked = 'estimate walks.csv --exposure 0';
    await diffusion(`${asked} --model directed --output drift.csv`, folder);
    expect((await rowsOf('drift.csv'))[0].slice(11, 17).join()).toBe(
      'speed,speed_low,speed_high,R,R_low,R_high',
    );
    await diffusion(`${asked} --model confined --output confined.csv`, folder);
    const [names, confined] = await rowsOf('confined.csv');
    expect(names.slice(11, 14).join()).toBe('radius,radius_low,radius_high');
    expect(Number(confined[11])).toBeGreaterThan(0);
    const { code, err } = await diffusion(
      `${asked} --model likelihood --set models=brownian,directed --output both.csv`,
      folder,
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const [head, first] = await rowsOf('both.csv');
    expect(head.slice(11)).toEqual([
      ...['speed', 'speed_low', 'speed_high', 'R', 'R_low', 'R_high'],
      ...['label', 'p_brownian', 'p_directed', 'reason'],
    ]);
    const at = head.indexOf('p_brownian');
    expect(Number(first[at]) + Number(first[at + 1])).toBeCloseTo(1, 5);
  });
});
