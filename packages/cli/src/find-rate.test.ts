import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  expectOneLine,
  filesIn,
  jsonOf,
  newFolder,
  removeFolder,
  runAll,
} from './command.fixture.ts';

let folder: string;
const at = (name: string) => join(folder, name);
const recipe = {
  format: 'diffusion-recipe',
  version: 1,
  data: {
    dataSets: [
      {
        classes: [{ model: 'brownian' }, { model: 'directed', parameters: { speed: 2 } }],
        length: 20,
        dim: 2,
      },
    ],
    tracksPerEpoch: 64,
    repeat: true,
  },
  network: { name: 'xresnet', options: { depth: 1, filters: 8 } },
  epochs: 2,
  batchSize: 16,
  learningRate: 0.01,
  folds: { count: 2 },
  seed: 3,
};

beforeAll(async () => {
  folder = await newFolder();
  await writeFile(at('recipe.json'), JSON.stringify(recipe));
});
afterAll(() => removeFolder(folder));

it('finds a learning rate, draws it, and trains nothing', async () => {
  const find = 'train --recipe recipe.json --find-learning-rate';
  const [asJson, page, picture, png, output, classifier] = await runAll(
    [
      `${find} --json`,
      `${find} --report rate.html`,
      `${find} --report rate.svg --workers 0`,
      `${find} --report rate.png`,
      `${find} --output model`,
      'train --model forest --preset gajowczyk2021 --count 8 --find-learning-rate',
    ],
    folder,
  );
  const { rates, losses, suggestion } = jsonOf(asJson) as {
    rates: number[];
    losses: number[];
    suggestion: number;
  };
  expect(rates).toContain(suggestion);
  expect(rates[0]).toBeCloseTo(1e-7, 12);
  expect(losses).toHaveLength(rates.length);
  expect(page.out).toMatch(
    new RegExp(
      `^learning rate ${suggestion.toPrecision(2)}: the loss falls fastest there, of \\d+`,
    ),
  );
  expect(picture.out).toBe(page.out);
  const html = await readFile(at('rate.html'), 'utf8');
  expect(html).toContain('Learning rate of xresnet');
  expect(html).toContain('<svg');
  expect(await readFile(at('rate.svg'), 'utf8')).toMatch(/^<svg/);
  expectOneLine(png, 'rate.png: expected a name in .html or .svg');
  expectOneLine(output, "option '--output' cannot be used with '--find-learning-rate'");
  expectOneLine(classifier, "option '--find-learning-rate' is for networks");
  expect(await filesIn(folder)).toEqual(['rate.html', 'rate.svg', 'recipe.json']);
});
