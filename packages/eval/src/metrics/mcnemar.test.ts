import { mcnemar } from './mcnemar.ts';
import { paired } from './paired.fixture.ts';

describe('mcnemar', () => {
  it.each(paired.mcnemar)('is that of statsmodels for %i and %i', (first, second, p) => {
    expect(mcnemar(first, second).p).toBeCloseTo(p, 10);
    expect(mcnemar(second, first).p).toBeCloseTo(p, 10);
  });

  it('is 1 where the methods never differ', () => {
    expect(mcnemar(0, 0).p).toBe(1);
  });

  it('refuses what is no number of tracks', () => {
    expect(() => mcnemar(1.5, 2)).toThrow('firstOnly is 1.5: expected a whole number of tracks');
    expect(() => mcnemar(1, -2)).toThrow('secondOnly is -2');
  });
});
