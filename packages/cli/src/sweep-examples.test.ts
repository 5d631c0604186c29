import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { cnnGrid, wadnetLengths } from '@diffusion/models';
import { readSweep, type SweepTask, sweepTasks } from '@diffusion/sweep';
import { isClassical, type NetworkRecipe } from '@diffusion/train';
import { train } from './commands/train.ts';
import { type RecipeFlags, recipeOfFlags } from './training/recipe-of-flags.ts';

async function tasksOf(name: string): Promise<SweepTask[]> {
  const path = fileURLToPath(new URL(`../../../examples/sweeps/${name}.json`, import.meta.url));
  return sweepTasks(readSweep(await readFile(path, 'utf8'), name));
}

/** The recipe of a line of the command, read and checked as the command does. */
async function recipeOf({ command: [first, ...words] }: SweepTask): Promise<NetworkRecipe> {
  expect(first).toBe('train');
  const command = train().exitOverride();
  let flags: RecipeFlags & { output?: string } = {};
  command.action((options) => {
    flags = options;
  });
  await command.parseAsync(words, { from: 'user' });
  expect(flags.output).toBe('{output}');
  const recipe = await recipeOfFlags(flags, (flag) => `--${flag}`);
  if (isClassical(recipe)) throw new Error('it is of no network');
  return recipe;
}

describe('examples/sweeps', () => {
  it('benitez2023-grid has the 180 networks, on the same tracks', async () => {
    const tasks = await tasksOf('benitez2023-grid');
    const recipes = await Promise.all(tasks.map(recipeOf));
    const grid = cnnGrid().map(({ layers, kernelSize }) => ({ layers, kernelSize }));
    expect(recipes.map(({ network }) => network.options)).toEqual(grid);
    const [{ data, seed }] = recipes;
    for (const recipe of recipes) expect(recipe).toMatchObject({ data, seed });
  });

  it('gajowczyk2021-ablations has every row of Tables 3 to 13, each network once', async () => {
    const tasks = await tasksOf('gajowczyk2021-ablations');
    const recipes = await Promise.all(tasks.map(recipeOf));
    const told = new Set(recipes.map(({ name: _, about: __, ...rest }) => JSON.stringify(rest)));
    expect(told.size).toBe(tasks.length);
    /** Rows of each table in the paper. */
    const rows = { 3: 2, 4: 3, 5: 2, 6: 5, 7: 3, 8: 6, 9: 2, 10: 3, 11: 2, 12: 4, 13: 3 };
    const found: Record<string, number> = {};
    for (const { values } of tasks) {
      for (const part of String(values.tables).split(', ')) {
        const [from, to = from] = part.split('–').map(Number);
        for (let k = from; k <= to; k++) found[k] = (found[k] ?? 0) + 1;
      }
    }
    expect(found).toEqual({ ...rows, 15: 1 });
  });

  it.each([1, 2])('wadnet2021-task%i has 43 lengths in five folds', async (task) => {
    const tasks = await tasksOf(`wadnet2021-task${task}`);
    const recipes = await Promise.all(tasks.map(recipeOf));
    const told = recipes.map(({ data, folds }) => {
      const { dataSets } = data as unknown as { dataSets: readonly { length: number }[] };
      expect(dataSets).toMatchObject([{ task, dim: 1 }]);
      return [dataSets[0].length, folds!.count, folds!.only];
    });
    expect(told).toEqual(
      wadnetLengths.flatMap((length) => [1, 2, 3, 4, 5].map((fold) => [length, 5, fold])),
    );
  });
});
