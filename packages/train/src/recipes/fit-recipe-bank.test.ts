import { useBackend } from '@diffusion/backends';
import { wadnetLengths } from '@diffusion/models';
import { gajowczyk2021 } from '@diffusion/simulate';
import { readyRecipe } from '../node/ready-recipes.ts';
import { fitRecipe } from './fit-recipe.ts';
import { fitRecipeBank } from './fit-recipe-bank.ts';
import { readRecipe } from './read-recipe.ts';
import type { NetworkRecipe } from './recipe.ts';

beforeAll(() => useBackend('wasm'));

const json = {
  format: 'diffusion-recipe',
  version: 1,
  data: {
    dataSets: [{ preset: 'andi2020', task: 1, dim: 1 }],
    tracksPerEpoch: 50,
    repeat: true,
    validation: 40,
    test: 20,
  },
  network: { name: 'wadnet', options: { filters: 4, units: 4, depth: 3 } },
  lengths: [12, 10],
  epochs: 1,
  batchSize: 20,
  learningRate: 1e-3,
  seed: 3,
};
const recipeOf = async (change: object = {}): Promise<NetworkRecipe> =>
  (await readRecipe({ ...json, ...change })) as NetworkRecipe;

describe('fitRecipeBank', () => {
  it('trains a network per length, and again from its card to the same bits', async () => {
    const { model, histories, test } = await fitRecipeBank(await recipeOf());
    expect(histories).toHaveLength(2);
    expect(test!.count).toBe(20);
    expect(model.card.recipe).toEqual(json);
    expect(model.card.bank.networks).toMatchObject([
      { length: 12, fold: 1 },
      { length: 10, fold: 1 },
    ]);
    expect(model.card.bank.correction).not.toBe(1);
    const again = await fitRecipeBank((await readRecipe(model.card)) as NetworkRecipe);
    expect(again.model.card).toEqual(model.card);
    const weights = ({ members }: typeof model.bank) => members.map((member) => member.weights);
    expect(weights(again.model.bank)).toEqual(weights(model.bank));
    for (const each of [model, again.model]) each.dispose();
  });

  it('is the whole bank of the paper, as a recipe that comes with the package', async () => {
    for (const task of [1, 2]) {
      const recipe = (await readyRecipe(`wadnet2021-task${task}-bank`)) as NetworkRecipe;
      expect(recipe.lengths).toEqual(wadnetLengths);
      await expect(fitRecipe(recipe)).rejects.toThrow('lengths is a list: expected fitRecipeBank');
    }
  });

  it('has as many networks per length as folds, of labelled tracks as well', async () => {
    const set = gajowczyk2021({ count: 60, seed: 4 });
    const labelled = {
      tracks: set.generate(),
      output: { kind: 'classes', classes: [...set.classes] },
    } as const;
    const recipe = await recipeOf({
      data: { folder: 'tracks' },
      lengths: [30],
      folds: { count: 2 },
    });
    const { model, test } = await fitRecipeBank(recipe, { labelled });
    expect(model.card.bank.networks.map(({ fold }) => fold)).toEqual([1, 2]);
    expect(model.card.bank.correction).toBe(1);
    expect(model.card.domain).toMatchObject({ dim: 2, minLength: 30 });
    const { labels } = await model.predict(test!);
    expect(labels).toHaveLength(test!.count);
    model.dispose();
  });

  it.each<[object, string]>([
    [{ lengths: [10, 1] }, 'lengths[1] is 1: expected an integer of at least 2'],
    [{ lengths: [10, 10] }, 'lengths[1] is 10: expected each length once'],
    [{ network: { name: 'cnn' } }, 'network.name is "cnn": expected wadnet with lengths'],
    [{ encoder: { kind: 'motion' } }, "expected { kind: 'standardized' } with lengths"],
    [{ data: { ...json.data, repeat: false } }, 'data.repeat is false: expected true with lengths'],
    [{ folds: { count: 3, only: 1 } }, 'folds.only is 1: expected it to be left out with lengths'],
    [
      { data: { ...json.data, dataSets: [{ ...json.data.dataSets[0], length: 20 }] } },
      'data.dataSets[0].length is 20: expected it to be left out with lengths',
    ],
  ])('refuses %j', async (change, message) => {
    await expect(recipeOf(change)).rejects.toThrow(message);
  });
});
