import fc from 'fast-check';
import { regressionMetrics } from './regression-metrics.ts';
import { oracle } from './scikit-learn.fixture.ts';

describe('regressionMetrics', () => {
  it.each(oracle.regression)('agrees with scikit-learn: $name', (known) => {
    const metrics = regressionMetrics(known);
    expect(metrics.mae).toBeCloseTo(known.mae, 14);
    expect(metrics.rmse).toBeCloseTo(known.rmse, 14);
    expect(metrics.bias).toBeCloseTo(known.bias, 14);
    expect(metrics.r2).toBeCloseTo(known.r2, 12);
  });

  it('counts tracks without a value apart', () => {
    const metrics = regressionMetrics({ actual: [1, 1, 1], predicted: [1.5, Number.NaN, 0.5] });
    expect(metrics).toEqual({
      count: 3,
      unjudged: 1,
      mae: 0.5,
      rmse: 0.5,
      bias: 0,
      r2: Number.NaN,
    });
  });

  it('has a bias that is positive when predictions are too large', () => {
    expect(regressionMetrics({ actual: [1, 2], predicted: [2, 2] }).bias).toBe(0.5);
  });

  it('takes chosen rows', () => {
    expect(regressionMetrics({ actual: [1, 2, 3], predicted: [1, 2, 5], rows: [2, 2] }).mae).toBe(
      2,
    );
  });

  it('has |bias| ≤ MAE ≤ RMSE, and bias² ≤ rmse²', () => {
    const value = fc.double({ min: 0, max: 2, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 1 }), (pairs) => {
        const { mae, rmse, bias } = regressionMetrics({
          actual: pairs.map(([a]) => a),
          predicted: pairs.map(([, p]) => p),
        });
        expect(Math.abs(bias)).toBeLessThanOrEqual(mae + 1e-12);
        expect(mae).toBeLessThanOrEqual(rmse + 1e-12);
      }),
    );
  });

  it('is NaN without a judged track and refuses values that are not finite', () => {
    expect(regressionMetrics({ actual: [1], predicted: [Number.NaN] }).mae).toBeNaN();
    expect(() => regressionMetrics({ actual: [Number.NaN], predicted: [1] })).toThrow(
      'actual[0] is NaN',
    );
    expect(() => regressionMetrics({ actual: [1], predicted: [Infinity] })).toThrow(
      'predicted[0] is Infinity: expected a finite number, or NaN for unjudged',
    );
    expect(() => regressionMetrics({ actual: [1], predicted: [] })).toThrow(
      'predicted has 0 values',
    );
  });
});
