import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pretrainedFor, pretrainedModels } from '@diffusion/weights';
import {
  diffusion,
  expectOneLine,
  filesIn,
  jsonOf,
  newFolder,
  removeFolder,
} from './command.fixture.ts';

let folder: string;
const at = (...names: string[]) => join(folder, ...names);
const run = (args: string) => diffusion(args, folder);

beforeAll(async () => {
  folder = await newFolder();
  const small =
    '--set widths=8,12 --set units=16 --epochs 1 --count 64 --batch-size 32 --seed 1 --change data.test=60 --change data.validation=20';
  for (const args of [
    `train --model multiscale ${small} --preset gajowczyk2021 --output model`,
    'simulate --model fbm --alpha 0.5 --count 20 --length 20:80 --dim 2 --seed 3 --output tracks.csv',
    'dataset --preset gajowczyk2021 --count 40 --seed 1 --output data',
    'train --model logistic --data data --features alpha,straightness --output logistic',
    'train --model logistic --data data --features alpha,straightness --folds 2 --output folds',
  ]) {
    expect(await run(args)).toMatchObject({ code: 0, err: '' });
  }
}, 120_000);
afterAll(() => removeFolder(folder));

describe('diffusion export --format safetensors', () => {
  it('writes a folder that predicts as the model does, and names its files', async () => {
    const exported = await run('export --model model --format safetensors --output mine');
    expect(exported).toMatchObject({ code: 0, err: '' });
    expect(exported.out).toBe(
      ['README.md', 'config.json', 'model.safetensors']
        .map((name) => `wrote  mine/${name}\n`)
        .join(''),
    );
    expect(await filesIn(at('mine'))).toEqual(['README.md', 'config.json', 'model.safetensors']);
    for (const model of ['model', 'mine']) {
      const predicted = await run(`predict tracks.csv --model ${model} --output ${model}.csv`);
      expect(predicted).toMatchObject({ code: 0, err: '' });
    }
    expect(await readFile(at('mine.csv'), 'utf8')).toBe(await readFile(at('model.csv'), 'utf8'));
  });

  it('has a card with the licence, the data, the recipe and the figures, which is trained again by it', async () => {
    const args = '--half --license cc-by-4.0 --json';
    const exported = await run(
      `export --model model --format safetensors ${args} --output ours/cells`,
    );
    expect(jsonOf(exported)).toEqual({
      written: ['README.md', 'config.json', 'model.safetensors'].map(
        (name) => `ours/cells/${name}`,
      ),
    });
    const readme = await readFile(at('ours/cells/README.md'), 'utf8');
    const card = JSON.parse(await readFile(at('model/card.json'), 'utf8'));
    expect(readme).toMatch(/^---\nlicense: "cc-by-4\.0"\nlibrary_name: diffusion\n/);
    expect(readme).toContain('\n# cells\n');
    expect(readme).toContain(JSON.stringify(card.recipe, null, 1));
    expect(readme).toContain(`| accuracy | ${Number(card.metrics.accuracy.toPrecision(4))} |`);
    const again = await run('train --recipe ours/cells --output again');
    expect(again).toMatchObject({ code: 0 });
    expect(JSON.parse(await readFile(at('again/card.json'), 'utf8')).weights).toEqual(card.weights);
  }, 60_000);

  it('refuses a folder of a model, a classical model and an ensemble in one line, and writes nothing', async () => {
    const before = await filesIn(folder);
    const into = (model: string, output: string) =>
      run(`export --model ${model} --format safetensors --output ${output}`);
    expectOneLine(
      await into('model', 'model'),
      'model/card.json: is of a model, which would be loaded in place of this one: expected another folder',
    );
    expectOneLine(await into('logistic', 'none'), 'the model is a logistic, which has no tensors');
    expectOneLine(
      await into('folds', 'none'),
      'folds: is an ensemble of 2 models: expected a model by itself',
    );
    await writeFile(at('a-file'), '');
    expectOneLine(await into('model', 'a-file'), 'a-file: is a file: expected a folder');
    expect(await filesIn(folder)).toEqual([...before, 'a-file'].sort());
    expect(existsSync(at('none'))).toBe(false);
  });

  it('writes over an exported model, and over other files with --force alone', async () => {
    const into = (output: string) =>
      run(`export --model model --format safetensors --output ${output}`);
    expect(await into('twice')).toMatchObject({ code: 0, err: '' });
    expect(await into('twice')).toMatchObject({ code: 0, err: '' });
    await mkdir(at('own'));
    await writeFile(at('own/README.md'), 'mine');
    expectOneLine(await into('own'), 'own/README.md: is of no model, which has a config.json');
    await writeFile(at('own/config.json'), '{"format":"diffusion-model"}');
    expectOneLine(await into('own'), 'own/config.json: is not the card of a model');
    expect(await readFile(at('own/README.md'), 'utf8')).toBe('mine');
    expect(await into('own --force')).toMatchObject({ code: 0, err: '' });
    expect(await filesIn(at('own'))).toEqual(await filesIn(at('mine')));
  });
});

describe('predict without a folder', () => {
  it.each([1, 2, 3] as const)(
    'takes the trained model for %dD tracks, or says that there is none',
    async (dim) => {
      await run(
        `simulate --model fbm --alpha 0.5 --count 5 --length 60 --dim ${dim} --seed 1 --output d${dim}.csv`,
      );
      const predicted = await run(`predict d${dim}.csv --output p${dim}.csv --json`);
      if (pretrainedFor(dim)) expect(jsonOf(predicted)).toMatchObject({ tracks: 5 });
      else {
        expectOneLine(
          predicted,
          `option '--model' is missing: no trained model of the motion of ${dim}D tracks comes with this command`,
        );
      }
    },
  );

  it('takes those that come with the command by their names', async () => {
    for (const { name, dim, answersFor } of pretrainedModels) {
      const predicted = await run(`predict d${dim}.csv --model ${name} --output p.csv --json`);
      if (answersFor === 'track') expect(jsonOf(predicted)).toMatchObject({ tracks: 5 });
      else expectOneLine(predicted, 'the model answers for every point of a track');
      expectOneLine(
        await run(`predict d1.csv --model ${name.replace('-', '')} --output p.csv`),
        `did you mean the model ${name}?`,
      );
    }
  });
});
