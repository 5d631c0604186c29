import { useBackend } from '@diffusion/backends';
import * as tf from '@tensorflow/tfjs-core';
import { findRecipeLearningRate } from './find-recipe-learning-rate.ts';
import { fitRecipe } from './fit-recipe.ts';
import type { NetworkRecipe } from './recipe.ts';

const recipe: NetworkRecipe = {
  format: 'diffusion-recipe',
  version: 1,
  data: { dataSets: [{ preset: 'gajowczyk2021' }], tracksPerEpoch: 32, validation: 0, test: 0 },
  network: { name: 'xresnet', options: { depth: 1, filters: 8 } },
  encoder: { features: ['straightness'] },
  epochs: 1,
  batchSize: 16,
  learningRate: 0.01,
  seed: 3,
};
const search = { from: 1e-4, to: 1e-2, steps: 4 };

beforeAll(() => useBackend('wasm'));

it('tries rates on the first weights of a recipe, or on those of the model that it begins with', async () => {
  const found = await findRecipeLearningRate(recipe, search);
  expect(found.rates).toHaveLength(4);
  expect(await findRecipeLearningRate(recipe, search)).toEqual(found);
  const { model } = await fitRecipe(recipe);
  const before = tf.memory().numTensors;
  const begun = { ...recipe, start: { model: 'before' } };
  const later = await findRecipeLearningRate(begun, { ...search, start: model });
  expect(tf.memory().numTensors).toBe(before);
  expect(later.batchLosses[0]).not.toBe(found.batchLosses[0]);
  model.dispose();
  // The first batch is that of a training, before its first step.
  const losses: number[] = [];
  const fitted = await fitRecipe(recipe, { onBatch: ({ loss }) => losses.push(loss) });
  expect(found.batchLosses[0]).toBe(losses[0]);
  fitted.model.dispose();
});

it('is for one network', async () => {
  const bank = { ...recipe, network: { name: 'wadnet' }, lengths: [10] };
  await expect(findRecipeLearningRate(bank)).rejects.toThrow('expected a recipe of one network');
  await expect(
    findRecipeLearningRate({ ...recipe, start: { model: 'before' } }, search),
  ).rejects.toThrow("start.model is 'before': expected its model beside the recipe");
  await expect(findRecipeLearningRate(recipe, { step: 4 } as object)).rejects.toThrow(
    'did you mean steps?',
  );
});
