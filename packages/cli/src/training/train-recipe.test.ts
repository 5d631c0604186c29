import type { Recipe } from '@diffusion/train';
import { checkMemoryOf, dataWorkersFor } from './train-recipe.ts';

const recipe = {
  format: 'diffusion-recipe',
  version: 1,
  data: { dataSets: [{ preset: 'gajowczyk2021' }], tracksPerEpoch: 64 },
  network: { name: 'xresnet' },
  epochs: 2,
  batchSize: 16,
  learningRate: 0.01,
  seed: 1,
} as const satisfies Recipe;
const ofOneLength = {
  dataSets: [{ preset: 'andi2020', task: 2, dim: 1 }],
  length: { min: 10, max: 50 },
  batches: 2,
  pointsPerBatch: 100,
  tracksPerBatch: { min: 2, max: 8 },
} as const;

describe('checkMemoryOf', () => {
  it.each<[data: object, field: string]>([
    [{ ...recipe.data, validation: 1e12 }, 'data.validation'],
    [{ ...recipe.data, test: 1e12 }, 'data.test'],
    [{ ...ofOneLength, test: 1e12 }, 'data.test'],
    [{ ...recipe.data, tracksPerEpoch: 1e12, repeat: true }, "option '--count'"],
  ])('names what does not fit of %j', (data, field) => {
    const large = { ...recipe, data } as Recipe;
    expect(() => checkMemoryOf(large, 2 ** 34)).toThrow(`${field} is 1000000000000: tracks of`);
  });

  it('lets a stream pass that is never held whole, and folds that make no validation tracks', () => {
    const data = { ...recipe.data, tracksPerEpoch: 1e12 };
    expect(() => checkMemoryOf({ ...recipe, data }, 2 ** 34)).not.toThrow();
    const folds = { ...recipe.data, repeat: true, validation: 1e12 };
    expect(() =>
      checkMemoryOf({ ...recipe, data: folds, folds: { count: 3 } }, 2 ** 34),
    ).not.toThrow();
  });
});

it('dataWorkersFor starts a thread only where it is worth its start, or as it is told', () => {
  expect(dataWorkersFor(undefined, 2, 100)).toBe(0);
  expect(dataWorkersFor(undefined, 20, 1000)).toBe(1);
  expect(dataWorkersFor(0, 20, 1000)).toBe(0);
  expect(dataWorkersFor(3, 1, 1)).toBe(3);
});
