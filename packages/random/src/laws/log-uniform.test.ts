import { randomLogUniform } from './log-uniform.ts';
import { sources, standardErrors } from './moments.fixture.ts';

// Five standard errors: a false alarm once in a million; the seeds are fixed.
describe.each(sources)('randomLogUniform from %s', (_, sourceOf) => {
  it('has its mean and variance, and as many numbers below 100 as above', () => {
    const source = sourceOf(21);
    const sample = Float64Array.from({ length: 100_000 }, () => randomLogUniform(source, 10, 1000));
    const [mean, variance] = standardErrors(sample, {
      mean: 990 / Math.log(100),
      variance: (1e6 - 100) / (2 * Math.log(100)) - (990 / Math.log(100)) ** 2,
    });
    expect(Math.abs(mean)).toBeLessThan(5);
    expect(Math.abs(variance)).toBeLessThan(5);
    // 50,000 ± 158.
    expect(Math.abs(sample.filter((x) => x < 100).length - 50_000)).toBeLessThan(5 * 158);
  });
});

it('randomLogUniform is the one number of an empty range', () => {
  expect(randomLogUniform({ uniform: () => 0.7 }, 3, 3)).toBe(3);
});
