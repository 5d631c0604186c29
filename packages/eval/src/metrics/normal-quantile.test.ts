import { normalQuantile } from './normal-quantile.ts';
import { oracle } from './scikit-learn.fixture.ts';

describe('normalQuantile', () => {
  it.each(oracle.normalQuantile)('agrees with scipy at %d', (p, value) => {
    expect(Math.abs(normalQuantile(p) - value)).toBeLessThanOrEqual(1e-14 * Math.abs(value));
  });

  it('is odd about 0.5, infinite at the ends, NaN outside', () => {
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalQuantile(0.25)).toBe(-normalQuantile(0.75));
    expect(normalQuantile(0)).toBe(-Infinity);
    expect(normalQuantile(1)).toBe(Infinity);
    expect(normalQuantile(1.1)).toBeNaN();
    expect(normalQuantile(Number.NaN)).toBeNaN();
  });
});
