import { readFileSync } from 'node:fs';
import {
  type Classical,
  ClassicalError,
  classicalFromJSON,
  type ForestJSON,
  fitBoosting,
  fitForest,
  fitLogistic,
  fitSvm,
  type Rows,
  type SvmJSON,
} from './index.ts';
import { stream } from './likelihood/gaussian.fixture.ts';

const golden = JSON.parse(
  readFileSync(new URL('./fixtures/sklearn.json', import.meta.url), 'utf8'),
);

/** Clouds one behind the other in two columns, a column of noise and one that never changes. */
function clouds(
  count: number,
  classes: number,
  seed: number,
): { rows: number[][]; codes: number[] } {
  const { normal } = stream(seed);
  const codes = Array.from({ length: count }, (_, i) => i % classes);
  const rows = codes.map((code) => [
    3 * code + normal(),
    100 * (code % 2) + 20 * normal(),
    normal(),
    7,
  ]);
  return { rows, codes };
}

/** The options that all classifiers have: leaves are of trees alone. */
const shared = ({ minLeaf: _, ...more }: { minLeaf?: number }) => more;

const fits = {
  logistic: (rows: Rows, codes: number[], more = {}) => fitLogistic(rows, codes, shared(more)),
  forest: (rows: Rows, codes: number[], more = {}) =>
    fitForest(rows, codes, { trees: 30, seed: 1, ...more }),
  boosting: (rows: Rows, codes: number[], more = {}) =>
    fitBoosting(rows, codes, { rounds: 60, minLeaf: 5, seed: 1, ...more }),
  svm: (rows: Rows, codes: number[], more = {}) =>
    fitSvm(rows, codes, { seed: 1, ...shared(more) }),
} as const;

const accuracy = (model: Classical, rows: Rows, codes: number[]) => {
  const said = model.predict(rows).codes;
  return codes.filter((code, i) => code === said[i]).length / codes.length;
};

describe.each(Object.entries(fits))('%s', (_, fit) => {
  it('tells clouds apart that it has not seen', () => {
    const train = clouds(300, 4, 1);
    const test = clouds(300, 4, 2);
    // Neighbours stand 3 deviations apart in one column and 5 in another; the best rule is right on 99.8 %.
    expect(accuracy(fit(train.rows, train.codes), test.rows, test.codes)).toBeGreaterThan(0.97);
  });

  it('gives probabilities that are right as often as they say', () => {
    const { uniform, normal } = stream(5);
    const rows = Array.from({ length: 1000 }, () => [normal(), normal()]);
    const codes: number[] = rows.map(([x]) => (uniform() < 1 / (1 + Math.exp(-2 * x)) ? 1 : 0));
    const model = fit(rows.slice(0, 600), codes.slice(0, 600), { minLeaf: 20 });
    const { probabilities } = model.predict(rows.slice(600));
    for (let i = 0; i < 400; i++) {
      expect(probabilities[2 * i] + probabilities[2 * i + 1]).toBeCloseTo(1, 9);
    }
    const mean = probabilities.reduce((sum, p, i) => sum + (i % 2 ? p : 0), 0) / 400;
    const share = codes.slice(600).reduce((a, b) => a + b, 0) / 400;
    expect(Math.abs(mean - share)).toBeLessThan(0.07);
    const brier =
      rows
        .slice(600)
        .reduce((sum, _, i) => sum + (probabilities[2 * i + 1] - codes[600 + i]) ** 2, 0) / 400;
    // The true probabilities have 0.16; answering one half always, 0.25.
    expect(brier).toBeLessThan(0.185);
  });

  it('follows from its data and its seed, and comes back from JSON', () => {
    const { rows, codes } = clouds(60, 3, 3);
    const test = clouds(50, 3, 4).rows;
    const model = fit(rows, codes);
    expect(fit(rows, codes).predict(test)).toEqual(model.predict(test));
    const again = classicalFromJSON(JSON.parse(JSON.stringify(model)));
    expect(again.predict(test)).toEqual(model.predict(test));
    expect(again.classes).toBe(3);
  });

  it('takes undefined features, in training and later', () => {
    const { rows, codes } = clouds(200, 2, 6);
    const holes = (row: number[], i: number) =>
      row.map((x, j) => ((i + j) % 5 === 0 ? Number.NaN : x));
    const model = fit(rows.map(holes), codes);
    const test = clouds(200, 2, 7);
    expect(accuracy(model, test.rows.map(holes), test.codes)).toBeGreaterThan(0.9);
    expect(model.predict([[NaN, NaN, NaN, NaN]]).probabilities.every(Number.isFinite)).toBe(true);
  });

  it('sees a rare class when it weighs more', () => {
    const { normal } = stream(9);
    const codes = Array.from({ length: 440 }, (_, i) => (i % 11 === 0 ? 1 : 0));
    const rows = codes.map((code) => [1.5 * code + normal()]);
    const found = (model: Classical) =>
      model.predict(rows).codes.reduce((sum, code) => sum + code, 0);
    const more = { minLeaf: 15 };
    expect(found(fit(rows, codes, { ...more, classWeights: 'balanced' }))).toBeGreaterThan(
      2 * found(fit(rows, codes, more)) + 20,
    );
  });

  it('never answers a class without examples, and knows how many there are', () => {
    const { rows, codes } = clouds(60, 2, 8);
    const model = fit(
      rows,
      codes.map((code) => 2 * code),
      { classes: 4 },
    );
    const { codes: said, probabilities } = model.predict(rows);
    expect(probabilities).toHaveLength(240);
    expect(said.every((code) => code === 0 || code === 2)).toBe(true);
  });

  it.each<[number[][], number[], object, string]>([
    [[], [], {}, 'rows is empty'],
    [[[1], [1, 2]], [0, 1], {}, 'row 1 has 2 columns: expected 1'],
    [[[1], [Infinity]], [0, 1], {}, 'row 1, column 0 is Infinity: expected a finite number or NaN'],
    [[[1], [2]], [0], {}, 'codes has 1 numbers: expected 2'],
    [[[1], [2]], [0, 2], { classes: 2 }, 'codes[1] is 2: expected 0 to 1'],
    [[[1], [2]], [0, 0.5], {}, 'codes[1] is 0.5'],
    [
      [[1], [2]],
      [0, 1],
      { classWeights: [1] },
      "classWeights is [1]: expected 'balanced' or 2 numbers ≥ 0",
    ],
  ])('refuses %j with %j', (rows, codes, options, message) => {
    expect(() => fit(rows, codes, options)).toThrow(message);
    expect(() => fit(rows, codes, options)).toThrow(ClassicalError);
  });

  it('refuses rows of another width later', () => {
    const { rows, codes } = clouds(20, 2, 1);
    expect(() => fit(rows, codes).predict([[1, 2]])).toThrow('row 0 has 2 columns: expected 4');
  });
});

describe('beside scikit-learn', () => {
  it('logistic regression has its probabilities', () => {
    const { l2, classWeights } = golden;
    const { probabilities } = fitLogistic(golden.rows, golden.codes, { l2, classWeights }).predict(
      golden.test,
    );
    golden.logistic.flat().forEach((p: number, i: number) => {
      expect(Math.abs(probabilities[i] - p)).toBeLessThan(1e-5);
    });
  });

  it.each(['rbf', 'linear'] as const)(
    'the %s machine has its classes, offsets and support',
    (kernel) => {
      const { cost, classWeights } = golden;
      const model = fitSvm(golden.rows, golden.codes, { kernel, cost, classWeights });
      const expected = golden.svm[kernel];
      expect([...model.predict(golden.test).codes]).toEqual(expected.codes);
      const json = model.toJSON() as unknown as { pairs: { offset: number }[]; vectors: number[] };
      json.pairs.forEach(({ offset }, i) => {
        expect(Math.abs(-offset - expected.intercepts[i])).toBeLessThan(3e-3);
      });
      expect(Math.abs(json.vectors.length / 3 - expected.supportVectors)).toBeLessThanOrEqual(2);
    },
  );
});

describe('options of one classifier', () => {
  const { rows, codes } = clouds(20, 2, 1);

  it.each<[string, () => unknown]>([
    ['l2 is -1: expected a number ≥ 0', () => fitLogistic(rows, codes, { l2: -1 })],
    [
      'trees is 0: expected an integer from 1 to 100000',
      () => fitForest(rows, codes, { trees: 0 }),
    ],
    [
      'columnsPerSplit is 9: expected an integer from 1 to 4',
      () => fitForest(rows, codes, { columnsPerSplit: 9 }),
    ],
    ['seed is 0.5: expected an integer', () => fitForest(rows, codes, { seed: 0.5 })],
    ['cost is 0: expected a positive number', () => fitSvm(rows, codes, { cost: 0 })],
    [
      'kernel is "poly": expected one of rbf, linear',
      () => fitSvm(rows, codes, { kernel: 'poly' as never }),
    ],
    [
      'kind is "oracle": expected forest, boosting, svm or logistic',
      () => classicalFromJSON({ kind: 'oracle' } as never),
    ],
  ])('refuses: %s', (message, run) => {
    expect(run).toThrow(message);
  });

  it('a seed grows the same trees, and parts the same folds, for ever', () => {
    const { trees } = fitForest(rows, codes, { trees: 2, seed: 7 }).toJSON() as ForestJSON;
    expect(
      trees.map(({ feature, threshold }) => [feature[0], threshold[0]]),
    ).toMatchInlineSnapshot(`
      [
        [
          0,
          1.7286695668138359,
        ],
        [
          0,
          0.614230226083518,
        ],
      ]
    `);
    const { pairs } = fitSvm(rows, codes, { seed: 7 }).toJSON() as SvmJSON;
    expect(pairs[0].sigmoid[0].toPrecision(6)).toMatchInlineSnapshot(`"-2.53087"`);
  });

  it('a forest of another seed is another forest', () => {
    const test = clouds(50, 2, 4).rows;
    const of = (seed: number) =>
      fitForest(rows, codes, { trees: 3, seed }).predict(test).probabilities;
    expect(of(1)).not.toEqual(of(2));
  });

  it('a linear machine cannot bend, an rbf one can', () => {
    const { normal } = stream(3);
    const ring = Array.from({ length: 200 }, () => [normal(), normal()]);
    const inside = ring.map(([x, y]) => (x * x + y * y < 1.4 ? 1 : 0));
    expect(accuracy(fitSvm(ring, inside, { kernel: 'linear' }), ring, inside)).toBeLessThan(0.75);
    expect(accuracy(fitSvm(ring, inside, { cost: 10 }), ring, inside)).toBeGreaterThan(0.95);
  });
});
