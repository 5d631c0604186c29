import { sources, standardErrors } from './moments.fixture.ts';
import { randomUniform } from './uniform.ts';

// Five standard errors: a false alarm once in a million; the seeds are fixed.
describe.each(sources)('randomUniform from %s', (_, sourceOf) => {
  it('has its mean and variance, and stays in its range', () => {
    const source = sourceOf(20);
    const sample = Float64Array.from({ length: 100_000 }, () => randomUniform(source, -2, 4));
    const [mean, variance] = standardErrors(sample, { mean: 1, variance: 3 });
    expect(Math.abs(mean)).toBeLessThan(5);
    expect(Math.abs(variance)).toBeLessThan(5);
    expect(Math.min(...sample.subarray(0, 50_000))).toBeGreaterThanOrEqual(-2);
    expect(Math.max(...sample.subarray(0, 50_000))).toBeLessThan(4);
  });
});
