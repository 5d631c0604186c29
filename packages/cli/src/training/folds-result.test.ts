import { regressionMetrics } from '@diffusion/eval';
import type { NetworkRecipe } from '@diffusion/train';
import { foldsJson, foldsLines, foldsResult } from './folds-result.ts';

const recipe: NetworkRecipe = {
  format: 'diffusion-recipe',
  version: 1,
  data: { folder: 'mine' },
  network: { name: 'xresnet' },
  folds: { count: 2 },
  epochs: 2,
  batchSize: 4,
  learningRate: 0.01,
  seed: 3,
};
const folds = [0.6, 0.7].map((predicted) => ({
  test: {
    prediction: { count: 1, values: Float32Array.of(predicted), reasons: [undefined] },
    exponents: regressionMetrics({ actual: [0.5], predicted: [predicted] }),
  },
}));

describe('folds', () => {
  it.each<[string, Partial<NetworkRecipe>, boolean]>([
    ['nothing goes by the validation', {}, false],
    ['the best weights are kept', { stopping: {} }, true],
    ['the learning rate falls at a plateau', { schedule: { name: 'plateau' } }, true],
    ['the learning rate falls as it was told', { schedule: { name: 'cosine' } }, false],
  ])('say whether their own tracks chose their models: %s', (_, changes, chosen) => {
    const result = foldsResult({ ...recipe, ...changes }, folds);
    expect(foldsJson(result)).toMatchObject({
      count: 2,
      chosen,
      mae: { mean: expect.any(Number) },
    });
    const text = foldsLines(result).join('\n');
    expect(text.includes('the scores may be too good')).toBe(chosen);
    expect(text).not.toContain('has not seen');
  });
});
