import { useBackend } from '@diffusion/backends';
import { readRecipe, recipeTracks } from '@diffusion/train';
import * as tf from '@tensorflow/tfjs-core';
import { trainRecipe } from './train-recipe.ts';

const recipe = {
  format: 'diffusion-recipe',
  version: 1,
  data: { dataSets: [{ preset: 'gajowczyk2021' }], tracksPerEpoch: 8, validation: 0, test: 0 },
  network: { name: 'xresnet', options: { depth: 1, filters: 8 } },
  encoder: { kind: 'flattened' },
  epochs: 2,
  batchSize: 4,
  learningRate: 0.01,
  seed: 3,
};

it('frees the state that is kept, where it cannot be kept as well', async () => {
  await useBackend('wasm');
  const given = await readRecipe(recipe);
  const tracks = await recipeTracks(given);
  const train = (keep: () => Promise<void>, keepLast = false) =>
    trainRecipe(given, tracks, { workers: 0, dataWorkers: 0, keep, keepLast });
  let kept = 0;
  const keep = async () => void kept++;
  // What tfjs itself holds on to comes with the first.
  (await train(keep)).model.dispose();
  expect(kept).toBe(1);
  const before = tf.memory().numTensors;
  (await train(keep, true)).model.dispose();
  expect(kept).toBe(3);
  expect(tf.memory().numTensors).toBe(before);
  const full = async () => {
    throw new Error('the disk is full');
  };
  await expect(train(full)).rejects.toThrow('the disk is full');
  expect(tf.memory().numTensors).toBe(before);
});
