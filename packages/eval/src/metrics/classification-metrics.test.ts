import fc from 'fast-check';
import { classificationMetrics } from './classification-metrics.ts';
import { oracle } from './scikit-learn.fixture.ts';

const names = (count: number) => Array.from({ length: count }, (_, k) => `class ${k}`);

/** The same number but for rounding, or both undefined. */
const same = (found: number, value: number, digits = 14) =>
  Number.isNaN(value) ? expect(found).toBeNaN() : expect(found).toBeCloseTo(value, digits);
const orNaN = (values: (number | null)[]) => values.map((value) => value ?? Number.NaN);

describe('classificationMetrics', () => {
  it.each(oracle.classification)('agrees with scikit-learn: $name', (known) => {
    const metrics = classificationMetrics({ ...known, classes: names(known.classes) });
    expect(metrics.accuracy).toBeCloseTo(known.accuracy, 14);
    expect(metrics.balancedAccuracy).toBeCloseTo(known.balancedAccuracy, 14);
    expect(metrics.mcc).toBeCloseTo(known.mcc, 14);
    expect(metrics.kappa).toBeCloseTo(known.kappa, 14);
    expect(metrics.logLoss).toBeCloseTo(known.logLoss, 12);
    expect(metrics.f1.micro).toBeCloseTo(known.f1.micro, 14);
    expect(metrics.f1.macro).toBeCloseTo(known.f1.macro, 14);
    expect(metrics.f1.weighted).toBeCloseTo(known.f1.weighted, 14);
    expect(metrics.confusion).toEqual(known.confusion);
    expect(metrics.perClass.map((one) => one.support)).toEqual(known.support);
    const perClass = [
      ['precision', known.precision],
      ['recall', known.recall],
      ['f1', known.f1PerClass],
      ['specificity', known.specificity],
      ['npv', known.npv],
    ] as const;
    for (const [key, expected] of perClass) {
      const found = metrics.perClass.map((one) => one[key]);
      orNaN(expected).forEach((value, k) => {
        same(found[k], value);
      });
    }
  });

  it('takes typed arrays of codes and 32-bit probabilities', () => {
    const known = oracle.classification[0];
    const metrics = classificationMetrics({
      actual: Uint8Array.from(known.actual),
      predicted: Int32Array.from(known.predicted),
      probabilities: Float32Array.from(known.probabilities),
      classes: names(known.classes),
    });
    expect(metrics.accuracy).toBeCloseTo(known.accuracy, 14);
    expect(metrics.logLoss).toBeCloseTo(known.logLoss, 5);
  });

  it('counts unjudged tracks apart: out of accuracy, against accuracyOfAll', () => {
    const metrics = classificationMetrics({
      actual: [0, 0, 0, 1, 1],
      predicted: [0, 0, -1, 0, -1],
      probabilities: [1, 0, 1, 0, Number.NaN, Number.NaN, 0.5, 0.5, Number.NaN, Number.NaN],
      classes: ['ND', 'CD'],
    });
    expect(metrics.count).toBe(5);
    expect(metrics.unjudged).toBe(2);
    expect(metrics.coverage).toBe(0.6);
    expect(metrics.accuracy).toBeCloseTo(2 / 3, 15);
    expect(metrics.accuracyOfAll).toBe(0.4);
    expect(metrics.perClass.map((one) => one.support)).toEqual([2, 1]);
    expect(metrics.logLoss).toBeCloseTo(Math.LN2 / 3, 15);
  });

  it('keeps the harmonic mean of TPR and TNR apart from the usual F1', () => {
    // Class 0: TP 3, FN 1, FP 2, TN 2, so TPR 0.75, TNR 0.5.
    const [one] = classificationMetrics({
      actual: [0, 0, 0, 0, 1, 1, 1, 1],
      predicted: [0, 0, 0, 1, 0, 0, 1, 1],
      classes: ['a', 'b'],
    }).perClass;
    expect(one.f1TprTnr).toBeCloseTo(0.6, 15);
    expect(one.f1).toBeCloseTo(2 / 3, 15);
    const [wrong] = classificationMetrics({
      actual: [0, 1],
      predicted: [1, 0],
      classes: ['a', 'b'],
    }).perClass;
    expect(wrong.f1TprTnr).toBe(0);
  });

  it('gives NaN, null in JSON, for what is undefined, and no logLoss without probabilities', () => {
    const metrics = classificationMetrics({
      actual: [0, 0],
      predicted: [0, 0],
      classes: ['a', 'b'],
    });
    expect(metrics.mcc).toBeNaN();
    expect(metrics.kappa).toBeNaN();
    expect(metrics.perClass[1].precision).toBeNaN();
    expect(metrics.perClass[1].recall).toBeNaN();
    expect(metrics.balancedAccuracy).toBe(1);
    expect(JSON.parse(JSON.stringify(metrics)).mcc).toBeNull();
    expect('logLoss' in metrics).toBe(false);
  });

  it('is NaN, and does not throw, when no track was judged', () => {
    const metrics = classificationMetrics({
      actual: [0, 1],
      predicted: [-1, -1],
      classes: ['a', 'b'],
    });
    expect(metrics.coverage).toBe(0);
    expect(metrics.accuracy).toBeNaN();
    expect(metrics.accuracyInterval.low).toBeNaN();
    expect(metrics.accuracyOfAll).toBe(0);
  });

  it('does not change when tracks are reordered or classes renumbered', () => {
    const pairs = fc.array(fc.tuple(fc.nat(2), fc.nat(2)), { minLength: 5, maxLength: 40 });
    fc.assert(
      fc.property(pairs, fc.constantFrom([0, 2, 1], [1, 2, 0], [2, 1, 0]), (list, order) => {
        const of = (tracks: [number, number][]) =>
          classificationMetrics({
            actual: tracks.map(([a]) => a),
            predicted: tracks.map(([, p]) => p),
            classes: names(3),
          });
        const plain = of(list);
        const changed = of(list.map(([a, p]): [number, number] => [order[a], order[p]]).reverse());
        same(changed.mcc, plain.mcc, 12);
        same(changed.kappa, plain.kappa, 12);
        same(changed.f1.macro, plain.f1.macro, 12);
        expect(changed.accuracy).toBe(plain.accuracy);
        expect(plain.f1.micro).toBe(plain.accuracy);
        expect(plain.accuracyInterval.low).toBeLessThanOrEqual(plain.accuracy);
        expect(plain.accuracyInterval.high).toBeGreaterThanOrEqual(plain.accuracy);
      }),
    );
  });

  it('is 1 throughout for perfect predictions of two or more classes', () => {
    const metrics = classificationMetrics({
      actual: [0, 1, 2],
      predicted: [0, 1, 2],
      classes: names(3),
    });
    const { accuracy, balancedAccuracy, mcc, kappa } = metrics;
    expect([accuracy, balancedAccuracy, mcc, kappa]).toEqual([1, 1, 1, 1]);
  });

  it('refuses classes named twice', () => {
    expect(() =>
      classificationMetrics({ actual: [0], predicted: [0], classes: ['ND', 'ND'] }),
    ).toThrow('classes names "ND" twice: expected distinct names');
  });
});
