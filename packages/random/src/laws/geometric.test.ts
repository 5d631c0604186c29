import { randomGeometric } from './geometric.ts';
import { sources, standardErrors } from './moments.fixture.ts';

// Five standard errors: a false alarm once in a million; the seeds are fixed.
describe.each(sources)('randomGeometric from %s', (_, sourceOf) => {
  it('has its mean and variance, and a first trial that succeeds with p', () => {
    const source = sourceOf(27);
    const sample = Float64Array.from({ length: 100_000 }, () => randomGeometric(source, 0.2));
    const [mean, variance] = standardErrors(sample, { mean: 5, variance: 20 });
    expect(Math.abs(mean)).toBeLessThan(5);
    expect(Math.abs(variance)).toBeLessThan(5);
    // 20,000 ± 126.
    expect(Math.abs(sample.filter((x) => x === 1).length - 20_000)).toBeLessThan(5 * 126);
  });
});

it('randomGeometric ends at once with p = 1, and knows a p that 1 − p rounds away', () => {
  expect(randomGeometric({ uniform: () => 0.9 }, 1)).toBe(1);
  const median = randomGeometric({ uniform: () => 0.5 }, 1e-20);
  expect(median / (Math.LN2 * 1e20)).toBeCloseTo(1, 12);
});

it.each([0, -0.1, 1.1, Number.NaN])('randomGeometric refuses p = %p', (p) => {
  expect(() => randomGeometric({ uniform: () => 0 }, p)).toThrow(
    `p is ${p}: expected a number above 0`,
  );
});
