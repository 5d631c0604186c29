import { sources, standardErrors } from './moments.fixture.ts';
import { randomIndex } from './weighted-index.ts';

// Five standard errors: a false alarm once in a million; the seeds are fixed.
describe.each(sources)('randomIndex from %s', (_, sourceOf) => {
  it('has its mean and variance, and no index of weight 0', () => {
    const source = sourceOf(29);
    const sample = Float64Array.from({ length: 100_000 }, () => randomIndex(source, [1, 0, 3, 0]));
    const [mean, variance] = standardErrors(sample, { mean: 1.5, variance: 0.75 });
    expect(Math.abs(mean)).toBeLessThan(5);
    expect(Math.abs(variance)).toBeLessThan(5);
    expect([...new Set(sample)].sort()).toEqual([0, 2]);
  });
});

it('randomIndex gives what rounding leaves to the last that can be drawn', () => {
  expect(randomIndex({ uniform: () => 1 - 2 ** -53 }, [0.1, 0.1, 0.1, 0])).toBe(2);
});

it.each([[[]], [[0, 0]], [[1, -1]], [[Number.NaN]], [[Infinity, 1]]])(
  'randomIndex refuses the weights %j',
  (weights: number[]) => {
    expect(() => randomIndex({ uniform: () => 0 }, weights)).toThrow(RangeError);
  },
);
