import { override } from './override.ts';

describe('override', () => {
  it('goes into objects, replaces the rest, and takes away what is undefined', () => {
    const recipe = { epochs: 30, folds: { count: 5 }, data: { sets: [1, 2], test: 3000 } };
    expect(
      override(recipe, { epochs: 2, folds: undefined, data: { sets: [3] } }, { name: 'a' }),
    ).toEqual({
      epochs: 2,
      data: { sets: [3], test: 3000 },
      name: 'a',
    });
    expect(recipe).toEqual({ epochs: 30, folds: { count: 5 }, data: { sets: [1, 2], test: 3000 } });
  });
});
