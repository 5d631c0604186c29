import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  diffusion,
  type Ended,
  expectOneLine,
  filesIn,
  newFolder,
  removeFolder,
  start,
} from './command.fixture.ts';

let folder: string;
const at = (name: string) => join(folder, name);
const small = '--set depth=1 --set filters=8 --batch-size 32';
const model = ['card.json', 'model.json', 'weights.bin'];

/** Labelled tracks: still and moving ones, which differ by a number. */
async function label(name: string, shift = 0): Promise<void> {
  const labels = (k: number) => (k % 2 === 0 ? 'still' : 'moving');
  const rows = Array.from({ length: 40 }, (_, k) =>
    Array.from({ length: 20 }, (_, t) =>
      [k, t, k % 2 === 0 ? Math.sin(7 * t * k) : t, Math.cos(5 * t * k) + shift].join(','),
    ),
  );
  await mkdir(at(name), { recursive: true });
  await writeFile(at(`${name}/a.csv`), `track,frame,x,y\n${rows.flat().join('\n')}\n`);
  await writeFile(
    at(`${name}/labels.csv`),
    `track,label\n${rows.map((_, k) => `${k},${labels(k)}\n`).join('')}`,
  );
}

/** Starts a training and gives it once its first epoch is kept. */
async function begun(args: string): Promise<{ child: ChildProcess; ended: Promise<Ended> }> {
  const training = start('diffusion', args.split(' '), folder);
  const output = args.split(' ').at(-1)!;
  let over = false;
  void training.ended.then(() => {
    over = true;
  });
  while (!over && !existsSync(at(`${output}/checkpoint.bin`))) {
    await new Promise((r) => setTimeout(r, 10));
  }
  return training;
}

beforeAll(async () => {
  folder = await newFolder();
  await label('labelled');
});
afterAll(() => removeFolder(folder));

describe('a training that is resumed', () => {
  const args = `train --model xresnet ${small} --data labelled --epochs 40`;

  beforeAll(async () => {
    const { child, ended } = await begun(`${args} --output cut`);
    child.kill('SIGKILL');
    await ended;
  });

  it('goes on from another working directory, to the same bits', async () => {
    await cp(at('cut'), at('elsewhere'), { recursive: true });
    await mkdir(at('away'));
    const resumed = await diffusion('train --resume ../elsewhere', at('away'));
    expect(resumed).toMatchObject({ code: 0, err: '' });
    expect(await diffusion(`${args} --output whole`, folder)).toMatchObject({ code: 0 });
    expect(await filesIn(at('elsewhere'))).toEqual(model);
    for (const name of model) {
      const [one, other] = [at(`elsewhere/${name}`), at(`whole/${name}`)];
      expect((await readFile(one)).equals(await readFile(other))).toBe(true);
    }
  });

  it('is refused where its tracks are not what they were, with what has changed', async () => {
    await writeFile(at('labelled/b.csv'), 'track,frame,x,y\n');
    expectOneLine(
      await diffusion('train --resume cut', folder),
      `${at('labelled')}: was changed since the training began (b.csv is new)`,
    );
    await rm(at('labelled/b.csv'));
    await label('labelled', 1);
    expectOneLine(await diffusion('train --resume cut', folder), '(a.csv is another)');
    await rm(at('labelled/labels.csv'));
    expectOneLine(
      await diffusion('train --resume cut', folder),
      '(a.csv is another, labels.csv is gone)',
    );
    await label('labelled');
    expect(existsSync(at('cut/checkpoint.bin'))).toBe(true);
  });
});

describe('a folder to train into', () => {
  it('is held by one training, and free again after it', async () => {
    const args = `train --model xresnet ${small} --preset gajowczyk2021 --count 64 --epochs 2000`;
    const { child, ended } = await begun(`${args} --output busy`);
    for (const second of [
      `${args} --output busy`,
      'train --model forest --preset gajowczyk2021 --count 64 --output busy --force',
      'train --resume busy',
    ]) {
      expectOneLine(await diffusion(second, folder), `busy: is held by process ${child.pid} on `);
    }
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 143, err: 'diffusion: interrupted\n' });
    expect(await filesIn(at('busy'))).toEqual(['checkpoint.bin']);

    // What another training began is kept; the same one may begin again.
    const forest = 'train --model forest --preset gajowczyk2021 --count 64 --output busy';
    const other = `train --model xresnet ${small} --preset gajowczyk2021 --count 32 --epochs 1 --output busy`;
    for (const wrong of [forest, other]) {
      expectOneLine(
        await diffusion(wrong, folder),
        'busy/checkpoint.bin: is of another unfinished training: expected --resume busy',
      );
    }
    const again = start('diffusion', `${args} --output busy`.split(' '), folder);
    while (!existsSync(at('busy/.diffusion-held.json'))) {
      await new Promise((r) => setTimeout(r, 5));
    }
    again.child.kill('SIGINT');
    expect(await again.ended).toMatchObject({ code: 130 });
    expect(await filesIn(at('busy'))).toEqual(['checkpoint.bin']);
    expect(await diffusion(`${forest} --force`, folder)).toMatchObject({ code: 0, err: '' });
    expect(await filesIn(at('busy'))).toEqual(['card.json', 'classifier.json']);
    // A model of this command's own gives way to another.
    expect(await diffusion(other, folder)).toMatchObject({ code: 0, err: '' });
    expect(await filesIn(at('busy'))).toEqual(model);
  });

  it.each([
    ['classifier.json', '{}', 'is of no model of this command'],
    ['model.json', '{"modelTopology":{}}', 'is of no model of this command'],
    ['weights.bin', 'weights', 'is of no model of this command'],
    ['card.json', '{"name":"a card"}', 'is not the card of a model'],
    ['checkpoint.bin', 'of another program', 'is no checkpoint of a training'],
  ])('is left alone where it has a foreign %s', async (name, text, message) => {
    await mkdir(at('foreign'), { recursive: true });
    await writeFile(at(`foreign/${name}`), text);
    const fit = 'train --model forest --preset gajowczyk2021 --count 64 --output foreign';
    expectOneLine(await diffusion(fit, folder), `foreign/${name}: ${message}`);
    expect(await filesIn(at('foreign'))).toEqual([name]);
    expect(await readFile(at(`foreign/${name}`), 'utf8')).toBe(text);
    await rm(at('foreign'), { recursive: true });
  });

  it('is not made where the training cannot begin', async () => {
    await mkdir(at('empty'));
    expectOneLine(
      await diffusion(`train --model xresnet --data empty --output new/deep`, folder),
      'empty: there are no files of tracks',
    );
    expect(existsSync(at('new'))).toBe(false);
    const { child, ended } = start(
      'diffusion',
      'train --model xresnet --preset gajowczyk2021 --output new/deep'.split(' '),
      folder,
    );
    while (!existsSync(at('new/deep'))) await new Promise((r) => setTimeout(r, 5));
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 143 });
    expect(existsSync(at('new'))).toBe(false);
  });
});

it('ends with the epoch and the batch where the loss is no number, and leaves nothing', async () => {
  const { code, out, err } = await diffusion(
    `train --model xresnet ${small} --preset gajowczyk2021 --count 64 --epochs 3 --learning-rate 1e38 --output nan`,
    folder,
  );
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(
    /^diffusion: (loss is (NaN|Infinity) in|a weight is no finite number after) epoch 1, batch \d+: expected a finite number.*\n$/,
  );
  expect(existsSync(at('nan'))).toBe(false);
});

it('says how to go on where a worker dies after an epoch', async () => {
  await writeFile(
    at('die.cjs'),
    `const { isMainThread } = require('node:worker_threads');
    const { existsSync } = require('node:fs');
    isMainThread || setInterval(() => existsSync(${JSON.stringify(at('dead/checkpoint.bin'))}) && process.exit(1), 20);`,
  );
  const args = `train --model xresnet ${small} --preset gajowczyk2021 --count 64 --epochs 2000 --shards 2 --workers 2 --output dead`;
  const { ended } = start('diffusion', args.split(' '), folder, {}, ['--require', at('die.cjs')]);
  const { code, err } = await ended;
  expect(code).toBe(3);
  expect(err).toMatch(
    /^diffusion: worker \d of 2 ended: .*; `diffusion train --resume dead` goes on from its last whole epoch\n$/,
  );
  expect(await filesIn(at('dead'))).toEqual(['checkpoint.bin']);
});
