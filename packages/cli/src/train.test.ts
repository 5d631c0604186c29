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
  runAll,
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
    ['resnet --set depth=1 --set filters=8', { kind: 'motion', length: 80 }],
    ['wadnet --set depth=3 --set filters=4 --set units=4', { kind: 'standardized', length: null }],
    ['multiscale --set widths=8,8', { kind: 'multiscale', length: null }],
    ['cnn --set layers=123', { kind: 'standardized', length: 80 }],
    ['cnn-tuned', { kind: 'standardized', length: 80 }],
    ['kowalek --set convolutions=1 --set filters=4', { kind: 'standardized', length: 80 }],
  ])('teaches %s tracks of many lengths', async (network, encoder) => {
    await writeFile(
      at('lengths.json'),
      '{"classes":[{"model":"brownian"},{"model":"directed","parameters":{"speed":2}}],"length":{"min":20,"max":80},"dim":2}',
    );
    const trained = await diffusion(
      `train --model ${network} --spec lengths.json --count 96 --batch-size 16 --epochs 1 --output other --json`,
      folder,
    );
    expect(jsonOf(trained)).toMatchObject({ history: [{ epoch: 1 }], test: { count: 2000 } });
    expect(JSON.parse(await readFile(at('other/card.json'), 'utf8'))).toMatchObject({ encoder });
    await diffusion(
      'simulate --model brownian --count 40 --length 15:90 --seed 6 --output lengths.csv',
      folder,
    );
    const said = jsonOf(
      await diffusion('predict lengths.csv --model other --output other.csv --json', folder),
    ) as { judged: number; notJudged: Record<string, number> };
    expect(said.judged).toBeGreaterThan(10);
    expect(Object.keys(said.notJudged)).toContain('too long');
  });

  it('fits the classical classifiers, the same for the same seed, and predicts with them', async () => {
    const commands = [
      'forest --set trees=9',
      'forest --set trees=9',
      'svm',
      'logistic',
      'boosting',
    ].map(
      (model, k) =>
        `train --model ${model} --preset gajowczyk2021 --count 200 --seed 4 --features alpha,straightness --output fit${k} --json`,
    );
    const trained = (await runAll(commands, folder)).map(jsonOf);
    expect(trained[0]).toMatchObject({
      recipe: { classifier: { name: 'forest', options: { trees: 9 } }, seed: 4 },
      test: { count: 2000, accuracy: expect.any(Number) },
    });
    for (const name of ['classifier.json', 'card.json']) {
      const [one, two] = [at(`fit0/${name}`), at(`fit1/${name}`)];
      expect(await readFile(one, 'utf8')).toBe(await readFile(two, 'utf8'));
    }
    expect(JSON.parse(await readFile(at('fit0/card.json'), 'utf8'))).toMatchObject({
      network: { name: 'forest', options: { trees: 9 } },
      classifier: { features: ['alpha', 'straightness'] },
      output: { classes: ['ND', 'DM', 'CD', 'FBM'] },
      recipe: { data: { tracksPerEpoch: 200 }, seed: 4 },
      metrics: { accuracy: expect.any(Number) },
    });
    await diffusion(
      'simulate --model brownian --count 20 --length 60 --seed 6 --output b.csv',
      folder,
    );
    for (const k of [0, 2, 3, 4]) {
      const said = await diffusion(`predict b.csv --model fit${k} --output b-p.csv --json`, folder);
      expect(jsonOf(said)).toMatchObject({ tracks: 20, classes: { ND: expect.any(Number) } });
    }
  });

  it('hears Ctrl-C while a classifier is fitted, and leaves nothing', async () => {
    const args =
      'train --model boosting --set rounds=100000 --set learningRate=1e-9 --set validationShare=0 --preset gajowczyk2021 --count 400 --output endless';
    const { child, ended } = start('diffusion', args.split(' '), folder);
    while (!existsSync(at('endless/.diffusion-held.json'))) {
      await new Promise((r) => setTimeout(r, 10));
    }
    // The fit has begun soon after, and would go on for hours.
    setTimeout(() => child.kill('SIGINT'), 1000);
    expect(await ended).toMatchObject({ code: 130, err: 'diffusion: interrupted\n' });
    expect(existsSync(at('endless/card.json'))).toBe(false);
  });

  it('teaches one network the class and the exponent', async () => {
    const trained = await diffusion(
      'train --model multiscale --set widths=8,8 --preset andi2020 --task both --dim 1 --count 64 --batch-size 16 --epochs 1 --output both --json',
      folder,
    );
    expect(jsonOf(trained)).toMatchObject({
      history: [{ validationScore: expect.any(Number), validationMae: expect.any(Number) }],
      test: { accuracy: expect.any(Number), mae: expect.any(Number) },
    });
    const { output, metrics } = JSON.parse(await readFile(at('both/card.json'), 'utf8'));
    expect(output).toEqual({ kind: 'both', classes: ['ATTM', 'CTRW', 'FBM', 'LW', 'SBM'] });
    expect(Object.keys(metrics)).toEqual(expect.arrayContaining(['accuracy', 'mae']));
    await diffusion(
      'dataset --preset andi2020 --task 2 --dim 1 --count 20 --seed 2 --output andi-both',
      folder,
    );
    await diffusion('predict andi-both/task2.txt --model both --output both.csv', folder);
    expect((await readFile(at('both.csv'), 'utf8')).split('\n')[0]).toBe(
      'track,label,p_ATTM,p_CTRW,p_FBM,p_LW,p_SBM,alpha,reason',
    );
  });

  it('gives the same model for any number of workers, and says the shards in the card', async () => {
    const args = `${small} --preset gajowczyk2021 --count 64 --batch-size 16 --epochs 1 --shards 2`;
    const [none, two] = await runAll(
      [`${args} --workers 0 --output none --json`, `${args} --workers 2 --output two --json`],
      folder,
    );
    expect(jsonOf(none)).toMatchObject({ recipe: { shards: 2 } });
    expect(jsonOf(two)).toEqual({
      ...(jsonOf(none) as object),
      output: 'two',
      time: { seconds: expect.any(Number), waiting: expect.any(Number) },
    });
    for (const name of model) {
      expect((await readFile(at(`two/${name}`))).equals(await readFile(at(`none/${name}`)))).toBe(
        true,
      );
    }
    const { recipe } = JSON.parse(await readFile(at('two/card.json'), 'utf8'));
    expect(recipe.shards).toBe(2);
  });

  it('ends in one line when a worker dies', async () => {
    await writeFile(
      at('die.cjs'),
      "require('node:worker_threads').isMainThread || setTimeout(() => process.exit(1), 3000);",
    );
    const args = `${small} --preset gajowczyk2021 --count 6400 --epochs 9 --shards 2 --workers 2 --output dead`;
    const { ended } = start('diffusion', args.split(' '), folder, {}, ['--require', at('die.cjs')]);
    const { code, err } = await ended;
    expect({ code, lines: err.split('\n').length - 1 }).toEqual({ code: 3, lines: 1 });
    expect(err).toMatch(/^diffusion: .*worker/);
    expect(existsSync(at('dead/card.json'))).toBe(false);
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
      recipe: { seed: 9, data: { tracksPerEpoch: 48 } },
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
