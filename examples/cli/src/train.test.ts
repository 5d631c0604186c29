import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  diffusion,
  expectOneLine,
  filesIn,
  jsonOf,
  newFolder,
  removeFolder,
  start,
} from './command.fixture.ts';

let folder: string;
const at = (name: string) => join(folder, name);
const small = 'train --model xresnet --set depth=1 --set filters=8';

beforeAll(async () => {
  folder = await newFolder();
});
afterAll(() => removeFolder(folder));

const model = ['card.json', 'model.json', 'weights.bin'];

describe('train', () => {
  it('goes on after a kill as if it had never stopped', async () => {
    const args = `${small} --preset gajowczyk2021 --count 192 --batch-size 32 --epochs 3 --seed 5`;
    const whole = await diffusion(`${args} --output whole`, folder);
    expect(whole).toMatchObject({ code: 0, err: '' });
    const { child, ended } = start('diffusion', [...args.split(' '), '--output', 'cut'], folder);
    while (!existsSync(at('cut/checkpoint.bin'))) await new Promise((r) => setTimeout(r, 10));
    child.kill('SIGKILL');
    await ended;
    expect(await filesIn(at('cut'))).toContain('checkpoint.bin');
    expect(existsSync(at('cut/card.json'))).toBe(false);
    const resumed = await diffusion('train --resume cut', folder);
    expect(resumed).toMatchObject({ code: 0, err: '' });
    for (const name of model) {
      expect((await readFile(at(`cut/${name}`))).equals(await readFile(at(`whole/${name}`)))).toBe(
        true,
      );
    }
    expect(resumed.out.split('\n').slice(-12)).toEqual(whole.out.split('\n').slice(-12));
    expect(existsSync(at('cut/checkpoint.bin'))).toBe(false);
    expectOneLine(
      await diffusion('train --resume cut', folder),
      'cut/checkpoint.bin: cannot be read',
    );
  });

  it('that Ctrl-C ends can be resumed', async () => {
    const args = `${small} --preset gajowczyk2021 --count 192 --batch-size 32 --epochs 3 --output stopped`;
    const { child, ended } = start('diffusion', args.split(' '), folder);
    while (!existsSync(at('stopped/checkpoint.bin'))) await new Promise((r) => setTimeout(r, 10));
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130, err: 'diffusion: interrupted\n' });
    expect(await filesIn(at('stopped'))).toEqual(['checkpoint.bin']);
    expect(jsonOf(await diffusion('train --resume stopped --json', folder))).toMatchObject({
      history: [{ epoch: 1 }, { epoch: 2 }, { epoch: 3 }],
    });
    expect(await filesIn(at('stopped'))).toEqual(model);
  });

  it('learns the exponent: predictions and metrics are of α', async () => {
    const trained = await diffusion(
      `${small} --preset andi2020 --task 1 --dim 1 --count 128 --epochs 1 --output alpha --json`,
      folder,
    );
    expect(jsonOf(trained)).toMatchObject({
      test: { mae: expect.any(Number), rmse: expect.any(Number), bias: expect.any(Number) },
    });
    await diffusion(
      'dataset --preset andi2020 --task 1 --dim 1 --count 20 --seed 2 --output andi',
      folder,
    );
    await diffusion('predict andi/task1.txt --model alpha --output alpha.csv', folder);
    const [head, ...rows] = (await readFile(at('alpha.csv'), 'utf8')).trimEnd().split('\n');
    expect(head).toBe('track,alpha,reason');
    expect(rows).toHaveLength(20);
    const metrics = await diffusion(
      'evaluate --predictions alpha.csv --reference andi/ref1.txt --json',
      folder,
    );
    expect(jsonOf(metrics)).toMatchObject({
      mae: expect.any(Number),
      rmse: expect.any(Number),
      bias: expect.any(Number),
    });
  });

  it.each([
    'resnet --set depth=1 --set filters=8',
    'multiscale --set widths=8,8',
    'cnn --set layers=123',
  ])('knows %s', async (network) => {
    const trained = await diffusion(
      `train --model ${network} --preset andi2020 --task 2 --dim 1 --count 16 --epochs 1 --output other --json`,
      folder,
    );
    expect(jsonOf(trained)).toMatchObject({ history: [{ epoch: 1 }] });
  });

  it("learns from a specification of one's own, which may say count and seed", async () => {
    await writeFile(
      at('own.json'),
      '{"classes":[{"model":"brownian","label":"free"},{"model":"directed","label":"driven","parameters":{"speed":2}}],"length":[20,40],"dim":2,"count":48,"seed":9}',
    );
    const trained = await diffusion(
      `${small} --spec own.json --epochs 1 --output own --json`,
      folder,
    );
    expect(jsonOf(trained)).toMatchObject({
      run: { seed: 9, data: { tracksPerEpoch: 48 } },
      test: { perClass: [{ label: 'free' }, { label: 'driven' }] },
    });
  });
});

describe('train --data', () => {
  const labels = (k: number) => (k % 2 === 0 ? 'still' : 'moving');
  const points = (k: number) =>
    Array.from({ length: 20 }, (_, t) => [
      k,
      t,
      labels(k) === 'still' ? Math.sin(7 * t * k) : t,
      Math.cos(5 * t * k),
    ]);
  const tracks = Array.from({ length: 40 }, (_, k) => k);

  const learn = async (data: string) =>
    jsonOf(
      await diffusion(`${small} --data ${data} --epochs 1 --output learnt --json`, folder),
    ) as {
      test: { perClass?: { label: string }[]; mae?: number };
    };

  it('takes tables with labels.csv beside them', async () => {
    await mkdir(at('labelled'));
    await writeFile(
      at('labelled/a.csv'),
      `track,frame,x,y\n${tracks.flatMap(points).join('\n')}\n`,
    );
    await writeFile(
      at('labelled/labels.csv'),
      `track,label\n${tracks.map((k) => `${k},${labels(k)}\n`).join('')}`,
    );
    const { test } = await learn('labelled');
    expect(test.perClass?.map(({ label }) => label)).toEqual(['moving', 'still']);
  });

  it.each([
    ['label', (k: number) => labels(k)],
    ['alpha', (k: number) => (k % 2) + 0.5],
  ])('takes tables with a column %s', async (name, value) => {
    await mkdir(at(`by-${name}`));
    const rows = tracks.flatMap((k) => points(k).map((row) => `${row},${value(k)}\n`));
    await writeFile(at(`by-${name}/a.csv`), `track,frame,x,y,${name}\n${rows.join('')}`);
    const { test } = await learn(`by-${name}`);
    if (name === 'label') expect(test.perClass).toHaveLength(2);
    else expect(test.mae).toEqual(expect.anything());
  });

  it.each([1, 2])('takes the files of task %i of AnDi', async (task) => {
    await diffusion(
      `dataset --preset andi2020 --task ${task} --dim 1 --count 60 --seed 4 --output andi${task}`,
      folder,
    );
    const { test } = await learn(`andi${task}`);
    if (task === 2) expect(test.perClass).toHaveLength(5);
    else expect(Object.keys(test)).toContain('mae');
  });
});
