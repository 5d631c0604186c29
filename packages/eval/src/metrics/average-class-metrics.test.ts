import { averageClassMetrics } from './average-class-metrics.ts';
import { classMetrics } from './class-metrics.ts';

describe('averageClassMetrics', () => {
  it('is the mean and the deviation between trainings, each of which counts the same', () => {
    const [a, b] = averageClassMetrics([
      classMetrics(
        [
          [8, 2],
          [1, 9],
        ],
        ['a', 'b'],
      ),
      classMetrics(
        [
          [1, 0],
          [1, 1],
        ],
        ['a', 'b'],
      ),
    ]);
    expect(a.recall.mean).toBeCloseTo((0.8 + 1) / 2, 12);
    expect(a.recall.deviation).toBeCloseTo(Math.abs(0.8 - 1) / Math.SQRT2, 12);
    expect(b.recall.mean).toBeCloseTo((0.9 + 0.5) / 2, 12);
    expect(b.specificity).toEqual(a.recall);
    expect(a.precision.mean).toBeCloseTo((8 / 9 + 0.5) / 2, 12);
    // The harmonic mean of TPR and TNR of each, and not of their means.
    expect(a.f1TprTnr.mean).toBeCloseTo(((2 * 0.8 * 0.9) / 1.7 + (2 * 1 * 0.5) / 1.5) / 2, 12);
  });

  it('leaves out what is undefined, and has no deviation of one training', () => {
    const [empty] = averageClassMetrics([
      classMetrics(
        [
          [0, 0],
          [1, 3],
        ],
        ['empty', 'full'],
      ),
      classMetrics(
        [
          [2, 0],
          [0, 2],
        ],
        ['empty', 'full'],
      ),
    ]);
    expect(empty.recall).toEqual({ mean: 1, deviation: Number.NaN });
    expect(() => averageClassMetrics([])).toThrow('trainings is empty');
    const other = [[[1]], ['a']] as const;
    expect(() => averageClassMetrics([classMetrics([[1]], ['b']), classMetrics(...other)])).toThrow(
      'trainings[1] is of a: expected b as trainings[0]',
    );
  });
});
