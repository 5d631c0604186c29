import { randomElement } from './element.ts';
import { sources, standardErrors } from './moments.fixture.ts';

// Five standard errors: a false alarm once in a million; the seeds are fixed.
describe.each(sources)('randomElement from %s', (_, sourceOf) => {
  it('has its mean and variance, and every element', () => {
    const source = sourceOf(28);
    const sample = Float64Array.from({ length: 100_000 }, () => randomElement(source, [1, 2, 6]));
    const [mean, variance] = standardErrors(sample, { mean: 3, variance: 14 / 3 });
    expect(Math.abs(mean)).toBeLessThan(5);
    expect(Math.abs(variance)).toBeLessThan(5);
    expect(new Set(sample).size).toBe(3);
  });
});

it('randomElement refuses an empty list', () => {
  expect(() => randomElement({ uniform: () => 0 }, [])).toThrow('list is empty: expected at least');
});
