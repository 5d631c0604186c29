import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
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
const model = ['card.json', 'model.json', 'weights.bin'];
const recipe = {
  format: 'diffusion-recipe',
  version: 1,
  name: 'small',
  data: { dataSets: [{ preset: 'gajowczyk2021' }], tracksPerEpoch: 60, validation: 20, test: 40 },
  network: { name: 'xresnet', options: { depth: 1, filters: 8 } },
  encoder: { kind: 'motion', features: ['straightness'] },
  epochs: 2,
  batchSize: 20,
  learningRate: 0.01,
  loss: { classes: 'mse' },
  seed: 3,
  augmentation: { rotate: true },
};

/** What a finished training says as JSON. */
interface Told {
  readonly recipe: typeof recipe & { backend: string; folds?: object };
  readonly history: { epoch: number; loss: number }[];
  readonly test?: { count: number };
  readonly time: { seconds: number; waiting: number };
}

beforeAll(async () => {
  folder = await newFolder();
  await writeFile(at('small.json'), JSON.stringify(recipe));
});
afterAll(() => removeFolder(folder));

/** That two folders have the same model, bit for bit. */
async function expectSame(one: string, other: string, names = model): Promise<void> {
  for (const name of names) {
    const [a, b] = await Promise.all([one, other].map((each) => readFile(at(`${each}/${name}`))));
    expect([name, a.equals(b)]).toEqual([name, true]);
  }
}

describe('train --recipe', () => {
  it('trains what a file says, and the card or the folder of the model again, to the same bits', async () => {
    const told = jsonOf(
      await diffusion('train --recipe small.json --output first --json', folder),
    ) as Told;
    expect(told).toMatchObject({
      recipe: { ...recipe, backend: 'wasm' },
      history: [{ epoch: 1 }, { epoch: 2 }],
      test: { count: 40 },
      time: { seconds: expect.any(Number), waiting: expect.any(Number) },
    });
    const card = JSON.parse(await readFile(at('first/card.json'), 'utf8'));
    expect(card.recipe).toEqual({ ...recipe, backend: 'wasm' });
    await copyFile(at('first/card.json'), at('card.json'));
    const again = await runAll(
      [
        'train --recipe first --output second',
        'train --recipe card.json --output third --data-workers 1',
      ],
      folder,
    );
    for (const each of again) expect(each).toMatchObject({ code: 0, err: '' });
    await expectSame('second', 'first');
    await expectSame('third', 'first');
  });

  it('lets flags say what shall be other, and the card says the result', async () => {
    const told = jsonOf(
      await diffusion(
        'train --recipe small.json --seed 5 --epochs 1 --count 40 --batch-size 10 --learning-rate 0.002 --shards 2 --set filters=16 --features none --augmentation none --change loss.labelSmoothing=0.1 --change averaging=0.9 --change name=other --output changed --json',
        folder,
      ),
    ) as Told;
    const expected = {
      name: 'other',
      data: { ...recipe.data, tracksPerEpoch: 40 },
      network: { name: 'xresnet', options: { depth: 1, filters: 16 } },
      encoder: { kind: 'motion', features: [] },
      epochs: 1,
      batchSize: 10,
      learningRate: 0.002,
      loss: { classes: 'mse', labelSmoothing: 0.1 },
      averaging: 0.9,
      seed: 5,
      shards: 2,
      augmentation: 'none',
    };
    expect(told.recipe).toMatchObject(expected);
    const card = JSON.parse(await readFile(at('changed/card.json'), 'utf8'));
    expect(card.recipe).toMatchObject(expected);
    expect(card.encoder).toEqual({ kind: 'motion', dim: 2, length: 600 });
  });

  it('calls the validation by its name where there are no test tracks', async () => {
    const args = 'train --recipe small.json --epochs 1 --change data.test=0';
    const [asJson, printed] = await runAll(
      [`${args} --output judged --report judged.html --json`, `${args} --output printed`],
      folder,
    );
    const told = jsonOf(asJson) as Told & { validation?: { accuracy: number; count: number } };
    expect(told.test).toBeUndefined();
    expect(told.validation).toMatchObject({ count: 20, accuracy: expect.any(Number) });
    expect(printed.out).toContain('on the validation tracks, as there are no test tracks:\n');
    const { metrics } = JSON.parse(await readFile(at('judged/card.json'), 'utf8'));
    expect(metrics.validationAccuracy).toBe(told.validation?.accuracy);
    expect(metrics.accuracy).toBeUndefined();
    const html = await readFile(at('judged.html'), 'utf8');
    expect(html).toContain('Result on the validation tracks');
    expect(html).not.toContain('unseen');
  });

  it('begins with a saved model, goes on after a kill, and says in the card what it began with', async () => {
    await diffusion('train --recipe small.json --epochs 1 --output begun', folder);
    const args = 'train --start begun --seed 9 --epochs 3 --count 100';
    const { child, ended } = start('diffusion', `${args} --output begun-cut`.split(' '), folder);
    while (!existsSync(at('begun-cut/checkpoint.bin'))) await new Promise((r) => setTimeout(r, 10));
    child.kill('SIGKILL');
    await ended;
    // A card that began with another model of that name.
    const another = 'a'.repeat(64);
    await writeFile(
      at('other-start.json'),
      JSON.stringify({ ...recipe, start: { model: 'begun', sha256: another } }),
    );
    await writeFile(
      at('gone-start.json'),
      JSON.stringify({ ...recipe, start: { model: 'multiscale' } }),
    );
    const [whole, resumed, refused, into, other, absent] = await runAll(
      [
        `${args} --output begun-whole --json`,
        'train --resume begun-cut',
        'train --recipe small.json --start begun --set depth=2 --output no',
        'train --start begun --output begun',
        'train --recipe other-start.json --output no',
        'train --recipe gone-start.json --output no',
      ],
      folder,
    );
    expect(resumed).toMatchObject({ code: 0, err: '' });
    await expectSame('begun-cut', 'begun-whole');
    const before = JSON.parse(await readFile(at('begun/card.json'), 'utf8'));
    const { sha256 } = before.weights;
    const began = { model: 'begun', sha256, recipe: before.recipe };
    expect(jsonOf(whole)).toMatchObject({ recipe: { seed: 9, epochs: 3, start: began } });
    const card = JSON.parse(await readFile(at('begun-whole/card.json'), 'utf8'));
    expect(card.recipe.start).toEqual(began);
    expect(card.encoder).toEqual(before.encoder);
    expectOneLine(refused, 'network.options.depth is 2: expected 1 as in the model to begin with');
    expectOneLine(absent, "gone-start.json: start.model is 'multiscale': ");
    expectOneLine(
      absent,
      'train it first: diffusion train --recipe multiscale --output multiscale',
    );
    expectOneLine(into, 'begun: has the model that the training begins with');
    expectOneLine(other, `${another} and that of the weights of begun is ${sha256}`);
    expect(existsSync(at('no'))).toBe(false);
  });

  it('begins with a model that comes trained by its name, and with its recipe where that is all', async () => {
    const [other, whole] = await runAll(
      [
        'train --recipe small.json --start motion-2d --output no',
        'train --start motion-2d --set channels=9999 --output no',
      ],
      folder,
    );
    expectOneLine(other, 'as in the model to begin with');
    expectOneLine(whole, 'motion-2d: network.options: multiscale option channels is 9999');
  });

  it('takes other tracks and another encoder', async () => {
    const told = jsonOf(
      await diffusion(
        'train --recipe small.json --preset andi2020 --dim 1 --count 20 --encoder flattened --epochs 1 --output andi --json',
        folder,
      ),
    ) as Told;
    expect(told.recipe.data).toEqual({
      dataSets: [{ preset: 'andi2020', task: 2, dim: 1 }],
      tracksPerEpoch: 20,
    });
    const card = JSON.parse(await readFile(at('andi/card.json'), 'utf8'));
    expect(card.encoder).toMatchObject({ kind: 'flattened', dim: 1 });
  });

  it('lists the recipes that there are, and shows one that it trains', async () => {
    const all = jsonOf(await diffusion('recipes --json', folder)) as { name: string }[];
    expect(all.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['multiscale', 'gajowczyk2021-xresnet-1d', 'wadnet2021-task1-100']),
    );
    const shown = jsonOf(await diffusion('recipes gajowczyk2021-logistic --json', folder));
    await writeFile(at('logistic.json'), JSON.stringify(shown));
    const fewer = '--count 60 --change data.test=20';
    const [byName, byFile] = await runAll(
      [
        `train --recipe gajowczyk2021-logistic ${fewer} --output by-name --json`,
        `train --recipe logistic.json ${fewer} --output by-file --json`,
      ],
      folder,
    );
    expect((jsonOf(byName) as Told).test).toEqual((jsonOf(byFile) as Told).test);
    await expectSame('by-name', 'by-file', ['card.json', 'classifier.json']);
    const text = await diffusion('recipes multiscale', folder);
    expect(text.out).toContain('"name":"cosine"');
  });
});

describe('train --folds', () => {
  it('goes on after a kill with the folds that are done, to the same bits, and predicts with all of them', async () => {
    const args =
      'train --recipe small.json --folds 2 --epochs 3 --change data.validation=0 --log-batches';
    const whole = await diffusion(`${args} --log whole.jsonl --output whole --json`, folder);
    const told = jsonOf(whole) as Told & { folds: Record<string, unknown> };
    expect(told.recipe.folds).toEqual({ count: 2 });
    expect(told.folds).toMatchObject({
      count: 2,
      accuracy: { mean: expect.any(Number), deviation: expect.any(Number) },
      classes: ['ND', 'DM', 'CD', 'FBM'],
      each: [{ history: [{ epoch: 1 }, { epoch: 2 }, { epoch: 3 }], count: 32 }, { count: 28 }],
    });
    const { confusion, each } = told.folds as unknown as {
      confusion: { counts: number[][]; shares: number[][] };
      each: { confusion: number[][] }[];
    };
    expect(confusion.counts[0][0]).toBeCloseTo(
      (each[0].confusion[0][0] + each[1].confusion[0][0]) / 2,
      12,
    );
    for (const row of confusion.shares) {
      expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    }

    const { child, ended } = start(
      'diffusion',
      `${args} --log cut.jsonl --output cut`.split(' '),
      folder,
    );
    // The first fold is done, and the second has begun.
    const second = at('cut/finished-folds/fold-1/card.json');
    const checkpointOfSecond = async () =>
      existsSync(second) &&
      (await readFile(at('cut/checkpoint.bin')).catch(() => Buffer.of())).includes('"fold":2');
    while (!(await checkpointOfSecond()) && child.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    child.kill('SIGKILL');
    await ended;
    expect(existsSync(at('cut/card.json'))).toBe(false);
    const resumed = await diffusion(
      'train --resume cut --log cut.jsonl --log-batches --json',
      folder,
    );
    expect((jsonOf(resumed) as { folds: unknown }).folds).toEqual(told.folds);
    const names = [
      'card.json',
      ...[1, 2].flatMap((k) => model.map((name) => `member-${k}.${name}`)),
    ];
    expect(await filesIn(at('cut'))).toEqual(names.sort());
    await expectSame('cut', 'whole', names);
    // The log has every row once, as if nothing had happened, and its time goes on.
    const lines = async (name: string) =>
      (await readFile(at(name), 'utf8'))
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
    const rows = async (name: string) =>
      (await lines(name)).map(({ seconds: _, waiting: __, ...row }) => row);
    const times: number[] = (await lines('cut.jsonl')).map(({ seconds }) => seconds);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect((jsonOf(resumed) as Told).time.seconds).toBeGreaterThan(times[times.length - 1]);
    expect(await rows('cut.jsonl')).toEqual(await rows('whole.jsonl'));
    expect((await rows('whole.jsonl')).filter(({ batch }) => batch === undefined)).toHaveLength(6);

    await diffusion(
      'simulate --model brownian --count 9 --length 60 --seed 6 --output b.csv',
      folder,
    );
    const said = await diffusion('predict b.csv --model whole --output b-p.csv --json', folder);
    expect(jsonOf(said)).toMatchObject({ tracks: 9, classes: { ND: expect.any(Number) } });

    // One fold of the same recipe is the model of that fold.
    const one = await diffusion('train --recipe whole --fold 2 --output fold2', folder);
    expect(one).toMatchObject({ code: 0, err: '' });
    const ofFold = await readFile(at('fold2/weights.bin'));
    expect(ofFold.equals(await readFile(at('whole/member-2.weights.bin')))).toBe(true);
    // A single model takes the place of all of them.
    await diffusion('train --recipe small.json --epochs 1 --output whole', folder);
    expect(await filesIn(at('whole'))).toEqual(model);
  });

  it('of one epoch go on after a kill, too', async () => {
    const args = 'train --recipe small.json --folds 3 --epochs 1 --change data.validation=0';
    const whole = await diffusion(`${args} --output one-epoch`, folder);
    expect(whole).toMatchObject({ code: 0, err: '' });
    const { child, ended } = start('diffusion', `${args} --output one-cut`.split(' '), folder);
    while (!existsSync(at('one-cut/finished-folds/fold-1/card.json')) && child.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    child.kill('SIGKILL');
    await ended;
    expect(existsSync(at('one-cut/card.json'))).toBe(false);
    expect(await diffusion('train --resume one-cut', folder)).toMatchObject({ code: 0, err: '' });
    const names = [1, 2, 3].map((k) => `member-${k}.weights.bin`);
    await expectSame('one-cut', 'one-epoch', names);
  });

  it('keeps the files of a folder apart, for classifiers as well', async () => {
    await mkdir(at('films'));
    const labels = ['track,label,file'];
    for (const file of [0, 1, 2, 3]) {
      const rows = ['track,frame,x,y'];
      for (let k = 0; k < 8; k++) {
        labels.push(`${k},${k % 2 ? 'far' : 'near'},film${file}.csv`);
        for (let t = 0; t < 20; t++) {
          rows.push(`${k},${t},${k % 2 ? t : Math.sin(7 * t * (k + file + 1))},${Math.cos(5 * t)}`);
        }
      }
      await writeFile(at(`films/film${file}.csv`), `${rows.join('\n')}\n`);
    }
    await writeFile(at('films/labels.csv'), `${labels.join('\n')}\n`);
    const told = jsonOf(
      await diffusion(
        'train --model forest --set trees=5 --data films --folds 4 --group file --features straightness --change data.test=0 --output forests --json',
        folder,
      ),
    ) as { folds: { each: { count: number }[]; accuracy: { mean: number } }; test?: object };
    expect(told.folds.each.map(({ count }) => count)).toEqual([8, 8, 8, 8]);
    expect(told.folds.accuracy.mean).toBeGreaterThan(0.9);
    expect(told.test).toBeUndefined();
    expectOneLine(
      await diffusion(
        'train --model forest --data films --folds 5 --group file --change data.test=0 --output x',
        folder,
      ),
      'folds is 5: expected at most 4, the number of different values in the column file',
    );
  });
});

describe('train --log and --report', () => {
  it('write a row per epoch, and a page with the learning curve', async () => {
    const ended = await diffusion(
      'train --recipe small.json --log log.csv --report report.html --output logged',
      folder,
    );
    expect(ended).toMatchObject({ code: 0, err: '' });
    const [head, ...rows] = (await readFile(at('log.csv'), 'utf8')).trimEnd().split('\n');
    expect(head).toBe(
      'fold,epoch,batch,loss,score,mae,validationLoss,validationScore,validationMae,learningRate,waiting,seconds',
    );
    expect(rows.map((row) => row.split(',').slice(0, 3))).toEqual([
      ['', '1', ''],
      ['', '2', ''],
    ]);
    for (const row of rows) {
      const [, , , loss, score, , , , , rate, waiting] = row.split(',').map(Number);
      expect([loss > 0, score > 0, rate > 0, waiting > 0 && waiting < 1]).toEqual(
        new Array(4).fill(true),
      );
    }
    const html = await readFile(at('report.html'), 'utf8');
    for (const text of ['Training of small', 'learning rate', 'Learning curve up to epoch 2']) {
      expect(html).toContain(text);
    }
    expect(html).not.toMatch(/NaN|undefined|\[object/);
  });

  it('leaves whole rows where it is killed, and refuses a file that is no log', async () => {
    const args = 'train --recipe small.json --epochs 500 --log killed.csv --log-batches --output k';
    const { child, ended } = start('diffusion', args.split(' '), folder);
    while (!existsSync(at('k/checkpoint.bin')) && child.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    child.kill('SIGKILL');
    await ended;
    const text = await readFile(at('killed.csv'), 'utf8');
    expect(text.endsWith('\n')).toBe(true);
    for (const row of text.trimEnd().split('\n')) expect(row.split(',')).toHaveLength(12);
    await writeFile(at('other.csv'), 'a,b\n1,2\n');
    expectOneLine(
      await diffusion('train --resume k --log other.csv', folder),
      'other.csv: is no log of a training: expected another file',
    );
    expect(await readFile(at('other.csv'), 'utf8')).toBe('a,b\n1,2\n');
    for (const line of ['null', '7', '{"epoch":"1"}', '{"fold":null,"epoch":1}']) {
      await writeFile(at('other.jsonl'), `{"epoch":1}\n${line}\n`);
      expectOneLine(
        await diffusion('train --resume k --log other.jsonl', folder),
        'other.jsonl: is no log of a training: expected another file',
      );
    }
  });
});
