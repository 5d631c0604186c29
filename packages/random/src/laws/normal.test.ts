import { sources, standardErrors } from './moments.fixture.ts';
import { randomNormal } from './normal.ts';

// Five standard errors: a false alarm once in a million; the seeds are fixed.
describe.each(sources)('randomNormal from %s', (_, sourceOf) => {
  it('has its mean and variance, and the tails of the normal law', () => {
    const source = sourceOf(23);
    const sample = Float64Array.from({ length: 100_000 }, () => randomNormal(source, 5, 3));
    const [mean, variance] = standardErrors(sample, { mean: 5, variance: 9 });
    expect(Math.abs(mean)).toBeLessThan(5);
    expect(Math.abs(variance)).toBeLessThan(5);
    // P(|z| > 2) = 0.0455: 4,550 ± 66.
    expect(Math.abs(sample.filter((x) => Math.abs(x - 5) > 6).length - 4550)).toBeLessThan(5 * 66);
  });
});
