import { EvaluationError } from '../errors.ts';
import { classificationMetrics } from './classification-metrics.ts';
import { setMetrics } from './set-metrics.ts';

// Right and alone; wrong and alone; right among two; unjudged; right among all.
const actual = [0, 1, 2, 0, 1];
const sets = [1, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 1];
const none = [Number.NaN, Number.NaN, Number.NaN];
const probabilities = [0.8, 0.1, 0.1, 0.7, 0.2, 0.1, 0.1, 0.5, 0.4, ...none, 0.3, 0.4, 0.3];

describe('setMetrics', () => {
  it('counts by hand', () => {
    expect(setMetrics({ actual, sets, classes: 3, probabilities })).toEqual({
      count: 4,
      coverage: 0.75,
      coverageInterval: { low: expect.closeTo(0.301, 3), high: expect.closeTo(0.954, 3) },
      meanSize: 7 / 4,
      sizes: [2, 1, 1],
      bestAccuracy: 0.5,
    });
    const some = setMetrics({ actual, sets, classes: 3, rows: [2, 4, 4] });
    expect(some).toMatchObject({ count: 3, coverage: 1, meanSize: 8 / 3, sizes: [0, 1, 2] });
    expect(some.bestAccuracy).toBeUndefined();
    expect(setMetrics({ actual: [], sets: [], classes: 3 })).toMatchObject({
      count: 0,
      coverage: Number.NaN,
    });
  });

  it('refuses another number of them', () => {
    expect(() => setMetrics({ actual, sets: [1], classes: 3 })).toThrow(
      new EvaluationError('sets has 1 numbers: expected 5 tracks × 3 classes = 15'),
    );
  });
});

describe('classificationMetrics with sets', () => {
  const predicted = [0, 0, -1, -1, -1];
  const classes = ['a', 'b', 'c'];

  it('tells the undecided from the unjudged, and is of the tracks with one class', () => {
    const metrics = classificationMetrics({ actual, predicted, classes, probabilities, sets });
    expect(metrics).toMatchObject({
      count: 5,
      unjudged: 1,
      undecided: 2,
      coverage: 0.4,
      accuracy: 0.5,
      accuracyOfAll: 0.2,
      confusion: [
        [1, 0, 0],
        [1, 0, 0],
        [0, 0, 0],
      ],
      sets: { count: 4, coverage: 0.75, bestAccuracy: 0.5 },
    });
    const truths = [0.8, 0.2, 0.4, 0.4];
    const loss = truths.reduce((sum, p) => sum - Math.log(p) / 4, 0);
    expect(metrics.logLoss).toBeCloseTo(loss, 12);
  });

  it('has neither without sets', () => {
    const metrics = classificationMetrics({ actual, predicted, classes, probabilities });
    expect(metrics.unjudged).toBe(3);
    expect('undecided' in metrics || 'sets' in metrics).toBe(false);
  });
});
