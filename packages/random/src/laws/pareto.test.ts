import { sources, standardErrors } from './moments.fixture.ts';
import { randomPareto } from './pareto.ts';

// Five standard errors: a false alarm once in a million; the seeds are fixed.
describe.each(sources)('randomPareto from %s', (_, sourceOf) => {
  it('has its mean and variance of 1/x, and its median', () => {
    const source = sourceOf(26);
    const sample = Float64Array.from({ length: 100_000 }, () => 1 / randomPareto(source, 0.7, 2));
    const [mean, variance] = standardErrors(sample, {
      mean: 0.7 / 1.7 / 2,
      variance: (0.7 / 2.7 - (0.7 / 1.7) ** 2) / 4,
    });
    expect(Math.abs(mean)).toBeLessThan(5);
    expect(Math.abs(variance)).toBeLessThan(5);
    // The mean of x itself is infinite. P(x > 2 · 2^(1/0.7)) = ½: 50,000 ± 158.
    const beyond = sample.filter((y) => 1 / y > 2 * 2 ** (1 / 0.7)).length;
    expect(Math.abs(beyond - 50_000)).toBeLessThan(5 * 158);
    expect(Math.max(...sample.subarray(0, 50_000))).toBeLessThanOrEqual(0.5);
  });
});
