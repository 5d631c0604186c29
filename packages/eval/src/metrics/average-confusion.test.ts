import { EvaluationError } from '../errors.ts';
import { averageConfusion } from './average-confusion.ts';

describe('averageConfusion', () => {
  it('averages counts, and shares of the true classes with every matrix the same weight', () => {
    const { counts, shares, deviations } = averageConfusion([
      [
        [9, 1],
        [2, 8],
      ],
      [
        [35, 15],
        [0, 10],
      ],
    ]);
    expect(counts).toEqual([
      [22, 8],
      [1, 9],
    ]);
    expect(shares.flat()).toEqual([0.8, 0.2, 0.1, 0.9].map((x) => expect.closeTo(x, 12)));
    // Of two numbers the deviation is their difference by √2.
    expect(deviations[0][0]).toBeCloseTo(0.2 / Math.SQRT2, 12);
    expect(deviations[1][0]).toBeCloseTo(0.2 / Math.SQRT2, 12);
  });

  it('leaves out matrices that have no track of a class', () => {
    const { shares, deviations } = averageConfusion([
      [
        [1, 3],
        [0, 0],
      ],
      [
        [2, 2],
        [1, 0],
      ],
    ]);
    expect(shares[0]).toEqual([0.375, 0.625]);
    expect(shares[1]).toEqual([1, 0]);
    expect(deviations[1]).toEqual([Number.NaN, Number.NaN]);
    expect(averageConfusion([[[0]]]).shares).toEqual([[Number.NaN]]);
  });

  it('refuses none, and those that do not fit', () => {
    expect(() => averageConfusion([])).toThrow(EvaluationError);
    expect(() => averageConfusion([[[1]], [[1, 2]]])).toThrow(
      'matrices[1] is 1 × 2: expected 1 × 1',
    );
  });
});
