import { randomExponential } from './exponential.ts';
import { sources, standardErrors } from './moments.fixture.ts';

// Five standard errors: a false alarm once in a million; the seeds are fixed.
describe.each(sources)('randomExponential from %s', (_, sourceOf) => {
  it('has its mean and variance, and its median', () => {
    const source = sourceOf(25);
    const sample = Float64Array.from({ length: 100_000 }, () => randomExponential(source, 20));
    const [mean, variance] = standardErrors(sample, { mean: 20, variance: 400 });
    expect(Math.abs(mean)).toBeLessThan(5);
    expect(Math.abs(variance)).toBeLessThan(5);
    // 50,000 ± 158.
    expect(Math.abs(sample.filter((x) => x < 20 * Math.LN2).length - 50_000)).toBeLessThan(5 * 158);
  });
});
