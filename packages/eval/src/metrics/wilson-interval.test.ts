import { oracle } from './scikit-learn.fixture.ts';
import { wilsonInterval } from './wilson-interval.ts';

describe('wilsonInterval', () => {
  it.each(oracle.wilson)(
    'agrees with scipy: %d of %d at %d',
    (successes, count, level, low, high) => {
      const found = wilsonInterval(successes, count, level);
      expect(found.low).toBeCloseTo(low, 12);
      expect(found.high).toBeCloseTo(high, 12);
    },
  );

  it('reaches 0 and 1 exactly at the ends, and is NaN without a track', () => {
    expect(wilsonInterval(0, 5).low).toBe(0);
    expect(wilsonInterval(5, 5).high).toBe(1);
    expect(wilsonInterval(0, 0).low).toBeNaN();
  });

  it('refuses more successes than tracks and a confidence of 95', () => {
    expect(() => wilsonInterval(6, 5)).toThrow('successes is 6: expected 0 to count = 5');
    expect(() => wilsonInterval(1, 5, 95)).toThrow('confidence is 95');
  });
});
