import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
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
const small = 'train --model wadnet --set filters=4 --set units=4 --set depth=3 --dim 1';
const few = '--count 60 --batch-size 20 --change data.test=40 --change data.validation=40';

beforeAll(async () => {
  folder = await newFolder();
});
afterAll(() => removeFolder(folder));

describe('train --lengths', () => {
  it('writes a bank as one model, which predict and evaluate take as any other', async () => {
    const args = `${small} --lengths 20,10 --preset andi2020 --task 1 ${few} --epochs 1`;
    const trained = jsonOf(await diffusion(`${args} --output bank --json`, folder));
    expect(trained).toMatchObject({
      recipe: { lengths: [20, 10], network: { name: 'wadnet' } },
      bank: {
        networks: [
          { length: 20, fold: 1 },
          { length: 10, fold: 1 },
        ],
      },
      test: { count: 40 },
    });
    expect(await filesIn(at('bank'))).toEqual(['card.json', 'model.json', 'weights.bin']);
    const card = JSON.parse(await readFile(at('bank/card.json'), 'utf8'));
    expect(card.bank.correction).toBeGreaterThan(0);
    expect(card.metrics.mae).toBe((trained as { test: { mae: number } }).test.mae);
    await diffusion(
      'dataset --preset andi2020 --task 1 --dim 1 --count 30 --seed 4 --output set',
      folder,
    );
    await diffusion(
      'simulate --model fbm --alpha 0.7 --count 2 --length 9 --dim 1 --seed 1 --output short.csv',
      folder,
    );
    const predicted = await diffusion(
      'predict --model bank short.csv --output short-p.csv',
      folder,
    );
    expect(predicted).toMatchObject({ code: 0, err: '' });
    expect((await readFile(at('short-p.csv'), 'utf8')).split('\n')[1]).toMatch(
      /^0,,"too short: 9 points/,
    );
    for (const workers of [0, 2]) {
      const done = await diffusion(
        `predict --model bank set/task1.txt --output p${workers}.csv --workers ${workers}`,
        folder,
      );
      expect(done).toMatchObject({ code: 0, err: '' });
    }
    expect(await readFile(at('p2.csv'), 'utf8')).toBe(await readFile(at('p0.csv'), 'utf8'));
    const metrics = jsonOf(
      await diffusion('evaluate --predictions p0.csv --reference set/ref1.txt --json', folder),
    );
    expect(metrics).toMatchObject({ mae: expect.any(Number) });
    // The card is a recipe, which gives the same bits.
    expect(await diffusion('train --recipe bank --output again', folder)).toMatchObject({
      code: 0,
    });
    for (const name of ['card.json', 'weights.bin']) {
      expect((await readFile(at(`again/${name}`))).equals(await readFile(at(`bank/${name}`)))).toBe(
        true,
      );
    }
  });

  it('goes on after a kill in the second network as if it had never stopped', async () => {
    const args = `${small} --lengths 10,15 --folds 2 --preset andi2020 --task 2 ${few} --epochs 2`;
    const whole = await diffusion(`${args} --output whole`, folder);
    expect(whole).toMatchObject({ code: 0, err: '' });
    expect(whole.out).toContain('length 15 fold 2  epoch 2');
    const { child, ended } = start('diffusion', [...args.split(' '), '--output', 'cut'], folder);
    while (!existsSync(at('cut/finished-folds/fold-1/card.json'))) {
      await new Promise((r) => setTimeout(r, 10));
    }
    child.kill('SIGKILL');
    await ended;
    expect(existsSync(at('cut/card.json'))).toBe(false);
    const resumed = await diffusion('train --resume cut', folder);
    expect(resumed).toMatchObject({ code: 0, err: '' });
    expect(resumed.out).not.toContain('length 10 fold 1');
    for (const name of ['card.json', 'weights.bin']) {
      expect((await readFile(at(`cut/${name}`))).equals(await readFile(at(`whole/${name}`)))).toBe(
        true,
      );
    }
    expect(await filesIn(at('cut'))).toEqual(['card.json', 'model.json', 'weights.bin']);
  });

  it.each([
    [`${small} --lengths 10,x --preset andi2020 --output no`, "'--lengths <list>'"],
    [`${small} --lengths 10,10 --preset andi2020 --output no`, 'It has 10 twice'],
    [
      'train --model xresnet --lengths 10,20 --preset andi2020 --dim 1 --output no',
      'network.name is "xresnet": expected wadnet with lengths',
    ],
    [`${small} --lengths 10,20 --preset andi2020 --task both --output no`, 'data.dataSets is'],
    [
      `${small} --lengths 10 --preset andi2020 --augmentation microscope --output no`,
      'augmentation has cutShare 0.25 and gapShare 0.2: expected 0 and 0',
    ],
  ])('refuses %s', async (args, message) => {
    expectOneLine(await diffusion(args, folder), message);
    expect(existsSync(at('no'))).toBe(false);
  });
});
