import { sources, standardErrors } from './moments.fixture.ts';
import { randomTruncatedNormal } from './truncated-normal.ts';

// Five standard errors: a false alarm once in a million; the seeds are fixed.
describe.each(sources)('randomTruncatedNormal from %s', (_, sourceOf) => {
  it('has its mean and variance, and stays in its range', () => {
    const source = sourceOf(24);
    const sample = Float64Array.from({ length: 100_000 }, () =>
      randomTruncatedNormal(source, 0, 1, -1, 1),
    );
    const [mean, variance] = standardErrors(sample, { mean: 0, variance: 0.2911251 });
    expect(Math.abs(mean)).toBeLessThan(5);
    expect(Math.abs(variance)).toBeLessThan(5);
    expect(sample.every((x) => Math.abs(x) <= 1)).toBe(true);
  });
});

it('randomTruncatedNormal refuses a range that is out of reach', () => {
  expect(() => randomTruncatedNormal({ uniform: () => 0.5 }, 0, 1, 50, 51)).toThrow(
    'mean is 0, deviation 1: expected a mean not far outside 50 to 51',
  );
});
