import { averageConfusion } from './average-confusion.ts';
import { classMetrics } from './class-metrics.ts';

/** Table 9 of Gryshkevych (2016): lamellarity, mean of five folds. */
const table9 = [
  [2325, 15, 124],
  [4, 323, 16],
  [2, 3, 11],
];
const classes = ['unilamellar', 'multilamellar', 'uncertain'];

describe('classMetrics', () => {
  it('finds in a table of the thesis what its text says of it', () => {
    const [unilamellar, multilamellar, uncertain] = classMetrics(table9, classes);
    // "The CNN's negative predictive value is 0.7 against 0.5 for SVM", section 9.
    expect(unilamellar.npv).toBeCloseTo(0.7, 1);
    // "CNN does so only in 70% of cases"; its precision is "very poor being slightly above 10%" at most.
    expect(uncertain.recall).toBeCloseTo(0.7, 1);
    expect(uncertain.precision).toBeLessThan(0.11);
    expect(multilamellar.recall).toBeGreaterThan(0.9);
    expect(uncertain.f1TprTnr).toBeCloseTo(2 / (1 / (11 / 16) + 1 / (2667 / 2807)), 12);
    expect(uncertain.f1TprTnr).toBeGreaterThan(4 * uncertain.f1);
  });

  it('takes the mean counts of folds', () => {
    const folds = [table9, table9.map((row) => row.map((n) => 2 * n))];
    const { counts } = averageConfusion(folds);
    for (const [k, { recall, support }] of classMetrics(counts, classes).entries()) {
      expect(recall).toBeCloseTo(classMetrics(table9, classes)[k].recall, 12);
      expect(support).toBeCloseTo(1.5 * table9[k].reduce((a, b) => a + b, 0), 9);
    }
  });

  it('is undefined where there is nothing, and refuses what is no square', () => {
    const [one, other] = classMetrics(
      [
        [0, 0],
        [1, 3],
      ],
      ['a', 'b'],
    );
    expect(one.recall).toBeNaN();
    expect(other.recall).toBe(0.75);
    expect(() => classMetrics([[1, 2]], ['a', 'b'])).toThrow('confusion is 1 × 2: expected 2 × 2');
    expect(() => classMetrics([[1], [2, 3]], ['a', 'b'])).toThrow('confusion is 2 × 1');
  });
});
