import { useBackend } from '@diffusion/backends';
import { parameterCount } from '@diffusion/models';
import { fitRecipe } from '../recipes/fit-recipe.ts';
import { isClassical, type NetworkRecipe, type Recipe } from '../recipes/recipe.ts';
import { readyRecipe, readyRecipes } from './ready-recipes.ts';

/** A recipe on a few tracks; what decides the shape of its network is left. */
function small(recipe: Recipe): Recipe {
  const few = { validation: 4, test: 0 };
  const data = (
    'dataSets' in recipe.data && 'length' in recipe.data
      ? {
          ...recipe.data,
          ...few,
          batches: 1,
          pointsPerBatch: 40,
          tracksPerBatch: { min: 2, max: 4 },
        }
      : { ...recipe.data, ...few, tracksPerEpoch: 20 }
  ) as Recipe['data'];
  const folds = recipe.folds && { folds: { count: 2, only: 1 } };
  if (isClassical(recipe)) return { ...recipe, data, ...folds };
  return { ...recipe, data, epochs: 1, batchSize: 10, shards: 1, ...folds } as NetworkRecipe;
}

describe('readyRecipes', () => {
  beforeAll(() => useBackend('wasm'));

  it('are each under its own name, and say where they come from', async () => {
    const names = await readyRecipes();
    expect(names.length).toBeGreaterThan(15);
    for (const name of names) {
      const recipe = await readyRecipe(name);
      expect(recipe.name).toBe(name);
      expect(recipe.about?.length).toBeGreaterThan(40);
      // One that goes on from another may need other tracks.
      if (!('start' in recipe)) expect(recipe.seed).toBe(1);
      // The batch normalisation of the publications has the statistics of the whole batch.
      const without = ['multiscale', 'segmenter', 'wadnet'];
      if (!isClassical(recipe) && !without.includes(recipe.network.name)) {
        expect(recipe.shards).toBe(1);
      }
    }
  });

  // Tables 4, 6, 8 and 10 of Gajowczyk & Szwabiński 2021; Li et al. 2021 with one bias of each gate.
  it.each([
    ['gajowczyk2021-xresnet-1d', 399_556],
    ['gajowczyk2021-asymmetry', 399_560],
    ['gajowczyk2021-features', 399_572],
    ['gajowczyk2021-autocorrelation', 401_872],
    ['gajowczyk2021-xresnet-2d', 2_823_108],
    ['wadnet2021-task2-100', 191_781],
  ])('%s trains the network of %i parameters', async (name, parameters) => {
    const { model } = await fitRecipe(small(await readyRecipe(name)));
    expect(model.kind === 'network' && parameterCount(model.network)).toBe(parameters);
    model.dispose();
  });

  it.each([
    'benitez2023-grid',
    'benitez2023-tuned',
    'multiscale',
    'gajowczyk2021-forest',
    'segments-andi2',
    'segments-3d',
    'change-point',
  ])('%s trains', async (name) => {
    const { model } = await fitRecipe(small(await readyRecipe(name)));
    expect(model.card.recipe.name).toBe(name);
    model.dispose();
  });

  it('knows what is nearest to a name that there is not', async () => {
    await expect(readyRecipe('multiscal')).rejects.toThrow(
      "recipe 'multiscal' does not exist: did you mean multiscale?",
    );
  });
});
