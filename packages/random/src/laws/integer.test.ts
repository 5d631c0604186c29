import { randomInteger } from './integer.ts';
import { sources, standardErrors } from './moments.fixture.ts';

// Five standard errors: a false alarm once in a million; the seeds are fixed.
describe.each(sources)('randomInteger from %s', (_, sourceOf) => {
  it('has its mean and variance, and every value', () => {
    const source = sourceOf(22);
    const sample = Float64Array.from({ length: 100_000 }, () => randomInteger(source, -3, 2));
    const [mean, variance] = standardErrors(sample, { mean: -0.5, variance: 35 / 12 });
    expect(Math.abs(mean)).toBeLessThan(5);
    expect(Math.abs(variance)).toBeLessThan(5);
    expect([...new Set(sample)].sort((a, b) => a - b)).toEqual([-3, -2, -1, 0, 1, 2]);
  });
});

it('randomInteger reaches beyond 32 bits', () => {
  expect(randomInteger({ uniform: () => 1 - 2 ** -53 }, 0, 2 ** 53 - 2)).toBe(2 ** 53 - 2);
  expect(randomInteger({ uniform: () => 0.9 }, 7, 7)).toBe(7);
});

it('randomInteger refuses what are no two integers in order', () => {
  const source = { uniform: () => 0 };
  expect(() => randomInteger(source, 2, 1)).toThrow(
    'least and most are 2 and 1: expected integers',
  );
  expect(() => randomInteger(source, 0.5, 1.5)).toThrow(RangeError);
  expect(() => randomInteger(source, 0, Number.NaN)).toThrow(RangeError);
});
