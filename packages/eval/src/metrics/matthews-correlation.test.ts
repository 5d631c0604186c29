import { matthewsCorrelation } from './matthews-correlation.ts';

describe('matthewsCorrelation', () => {
  it('is the correlation of the two indicator variables for two classes', () => {
    const [tp, fn, fp, tn] = [90, 4, 1, 5];
    const phi = (tp * tn - fp * fn) / Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn));
    expect(
      matthewsCorrelation([
        [tp, fn],
        [fp, tn],
      ]),
    ).toBeCloseTo(phi, 14);
  });

  it('is −1 when two classes are always confused, 0 at independence, NaN for a single class', () => {
    expect(
      matthewsCorrelation([
        [0, 3],
        [2, 0],
      ]),
    ).toBeCloseTo(-1, 14);
    expect(
      matthewsCorrelation([
        [2, 4],
        [3, 6],
      ]),
    ).toBe(0);
    expect(
      matthewsCorrelation([
        [5, 0],
        [0, 0],
      ]),
    ).toBeNaN();
  });

  it('does not overflow where the fourth power of the count would leave the exact integers', () => {
    const n = 1e8;
    expect(
      matthewsCorrelation([
        [3 * n, n],
        [n, 3 * n],
      ]),
    ).toBeCloseTo(0.5, 12);
  });
});
