import { readFileSync } from 'node:fs';
import {
  type BoostingJSON,
  type BoostingOptions,
  ClassicalError,
  classicalFromJSON,
  fitBoosting,
  type Rows,
} from '../index.ts';
import { stream } from '../likelihood/gaussian.fixture.ts';
import { derivativesAt, lossAt, probabilitiesAt, scoresAt, scoresOf } from './class-loss.ts';
import type { GradientTree } from './gradient-tree.ts';

interface Case {
  readonly rows: readonly (readonly (number | null)[])[];
  readonly codes: readonly number[];
  readonly weights: readonly number[] | null;
  readonly test: readonly (readonly number[])[];
  readonly firstTrees: readonly (readonly Record<string, number>[])[];
  readonly training: readonly (readonly number[])[];
  readonly probabilities: readonly (readonly number[])[];
}

const golden = JSON.parse(
  readFileSync(new URL('./fixtures/sklearn.json', import.meta.url), 'utf8'),
) as Record<'three' | 'two' | 'weighted', Case> & {
  readonly options: BoostingOptions;
};

/** Clouds one behind the other in one column, with a column of noise. */
function clouds(count: number, classes: number, seed: number) {
  const { normal } = stream(seed);
  const codes = Array.from({ length: count }, (_, i) => i % classes);
  return {
    rows: codes.map((code) => [1.5 * code + normal(), normal()]),
    codes,
  };
}

const fitted = (rows: Rows, codes: readonly number[], options: BoostingOptions = {}) => {
  const model = fitBoosting(rows, codes, options);
  return { ...model, json: model.toJSON() as BoostingJSON };
};

/** Mean log loss of a classifier. */
function loss(json: BoostingJSON, rows: Rows, codes: readonly number[]): number {
  const { probabilities } = classicalFromJSON(json).predict(rows);
  const sum = codes.reduce((s, c, i) => s - Math.log(probabilities[i * json.classes + c]), 0);
  return sum / codes.length;
}

/** The same after each number of rounds. */
function losses(json: BoostingJSON, rows: Rows, codes: readonly number[]): number[] {
  const outputs = json.initial.length;
  return Array.from({ length: json.trees.length / outputs + 1 }, (_, round) =>
    loss({ ...json, trees: json.trees.slice(0, round * outputs) }, rows, codes),
  );
}

describe('the loss of classes', () => {
  it.each([1, 2, 3, 5])('of %i has derivatives that are those of its values', (classes) => {
    const { normal, uniform } = stream(classes);
    const outputs = scoresOf(classes);
    const count = 20;
    const codes = Int32Array.from({ length: count }, () => Math.floor(classes * uniform()));
    const scores = Array.from({ length: outputs }, () =>
      Float64Array.from({ length: count }, () => 2 * normal()),
    );
    const weights = Float64Array.from({ length: classes }, (_, c) => 0.5 + c);
    const out = scores.map(() => ({
      gradient: new Float64Array(count),
      hessian: new Float64Array(count),
    }));
    derivativesAt(scores, codes, weights, out);
    const step = 1e-4;
    for (let i = 0; i < count; i++) {
      const at = (k: number, by: number) =>
        weights[codes[i]] *
        lossAt(
          Float64Array.from(scores, (of, j) => of[i] + (j === k ? by : 0)),
          codes[i],
        );
      for (let k = 0; k < outputs; k++) {
        const [below, here, above] = [-step, 0, step].map((by) => at(k, by));
        expect(Math.abs(out[k].gradient[i] - (above - below) / (2 * step))).toBeLessThan(1e-6);
        const second = (above - 2 * here + below) / step ** 2;
        expect(Math.abs(out[k].hessian[i] - second)).toBeLessThan(1e-5);
      }
      const p = new Float64Array(classes);
      probabilitiesAt(
        Float64Array.from(scores, (of) => of[i]),
        p,
      );
      expect(p.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 14);
      expect(-Math.log(p[codes[i]])).toBeCloseTo(
        lossAt(
          Float64Array.from(scores, (of) => of[i]),
          codes[i],
        ),
        12,
      );
      if (outputs > 1) {
        // More of one class is less of the others.
        expect(Math.abs(out.reduce((sum, { gradient }) => sum + gradient[i], 0))).toBeLessThan(
          1e-14,
        );
      }
    }
  });

  it.each([[[1]], [[0.3, 0.7]], [[0.1, 0.2, 0.7]]])(
    'has scores at which %j are the probabilities',
    (shares) => {
      const p = new Float64Array(shares.length);
      probabilitiesAt(Float64Array.from(scoresAt(shares)), p);
      shares.forEach((share, c) => {
        expect(p[c]).toBeCloseTo(share, 14);
      });
    },
  );

  it.each([2, 3])('of %i stays finite far out', (classes) => {
    for (const far of [-1e4, 1e4]) {
      const scores = new Float64Array(scoresOf(classes)).fill(0);
      scores[0] = far;
      const p = new Float64Array(classes);
      probabilitiesAt(scores, p);
      expect([...p].every(Number.isFinite)).toBe(true);
      for (let c = 0; c < classes; c++) expect(lossAt(scores, c)).toBeLessThanOrEqual(1e4 + 2);
    }
  });
});

describe('beside scikit-learn', () => {
  const undefinedAsNaN = (rows: Case['rows']) => rows.map((row) => row.map((x) => x ?? Number.NaN));

  /** Nodes from the root, the left one first, with the rows that come by. */
  function nodesOf(tree: GradientTree, rows: Rows, node = 0): Record<string, number>[] {
    if (tree.feature[node] < 0) return [{ value: tree.value[node] }];
    const column = tree.feature[node];
    const threshold = tree.threshold[node];
    const toRight = (row: ArrayLike<number>) =>
      row[column] > threshold || (Number.isNaN(row[column]) && tree.missing[node] === 1);
    return [
      { column, threshold, rows: rows.length },
      ...nodesOf(
        tree,
        rows.filter((row) => !toRight(row)),
        tree.left[node],
      ),
      ...nodesOf(tree, rows.filter(toRight), tree.right[node]),
    ];
  }

  it.each(['three', 'two', 'weighted'] as const)('makes the same trees of %s', (name) => {
    const { codes, weights, firstTrees } = golden[name];
    const rows = undefinedAsNaN(golden[name].rows);
    const { json } = fitted(rows, codes, {
      ...golden.options,
      validationShare: 0,
      ...(weights && { classWeights: weights }),
    });
    const holes = rows.some((row) => row.some(Number.isNaN));
    expect(firstTrees).toHaveLength(json.initial.length);
    firstTrees.forEach((theirs, k) => {
      const ours = nodesOf(json.trees[k], rows);
      expect(ours).toHaveLength(theirs.length);
      theirs.forEach((node, n) => {
        if ('value' in node) {
          expect(Math.abs(ours[n].value - node.value)).toBeLessThan(1e-6);
          return;
        }
        expect(ours[n]).toMatchObject({ column: node.column, rows: node.rows });
        // Between two values of a node any cut does: scikit-learn's passes over columns with NaN take another one.
        if (!holes) expect(ours[n].threshold).toBeCloseTo(node.threshold, 9);
      });
    });
  });

  it.each(['three', 'two', 'weighted'] as const)('has its probabilities of %s', (name) => {
    const { codes, weights, test, training, probabilities } = golden[name];
    const rows = undefinedAsNaN(golden[name].rows);
    const model = fitBoosting(rows, codes, {
      ...golden.options,
      validationShare: 0,
      ...(weights && { classWeights: weights }),
    });
    // Its derivatives are single precision.
    const near = (judged: Rows, expected: readonly (readonly number[])[]) => {
      const said = model.predict(judged).probabilities;
      expected.flat().forEach((p, i) => {
        expect(Math.abs(said[i] - p)).toBeLessThan(2e-6);
      });
    };
    near(rows, training);
    if (!rows.some((row) => row.some(Number.isNaN))) near(test, probabilities);
  });
});

describe('fitBoosting', () => {
  it('never raises the loss of what it learns from', () => {
    const { rows, codes } = clouds(240, 3, 1);
    const { json } = fitted(rows, codes, {
      rounds: 30,
      minLeaf: 5,
      validationShare: 0,
    });
    const curve = losses(json, rows, codes);
    expect(curve).toHaveLength(31);
    for (let k = 1; k < curve.length; k++) expect(curve[k]).toBeLessThan(curve[k - 1]);
    expect(curve[0]).toBeCloseTo(Math.log(3), 12);
    expect(curve[30]).toBeLessThan(0.5 * curve[0]);
  });

  it('makes one leaf of a Newton step', () => {
    // Of two halves of ten rows, p = ½: G = ±5 and H = 2.5 in either.
    const rows = Array.from({ length: 20 }, (_, i) => [i < 10 ? 0 : 1]);
    const codes = rows.map(([x]) => x);
    const how = {
      rounds: 1,
      minLeaf: 10,
      validationShare: 0,
      learningRate: 0.3,
      l2: 2,
    };
    const { trees } = fitted(rows, codes, how).json;
    expect(trees).toHaveLength(1);
    expect(trees[0]).toMatchObject({
      feature: [0, -1, -1],
      threshold: [0.5, 0, 0],
    });
    expect(trees[0].value[1]).toBeCloseTo((-0.3 * 5) / (2.5 + 2), 12);
    expect(trees[0].value[2]).toBeCloseTo((0.3 * 5) / (2.5 + 2), 12);
  });

  it('keeps to the leaves, the depth and the rows of a leaf that it is told', () => {
    const { rows, codes } = clouds(400, 2, 2);
    const leaves = ({ feature }: GradientTree) => feature.filter((f) => f < 0).length;
    const depth = (tree: GradientTree, node = 0): number =>
      tree.feature[node] < 0
        ? 0
        : 1 + Math.max(depth(tree, tree.left[node]), depth(tree, tree.right[node]));
    const of = (options: BoostingOptions) =>
      fitted(rows, codes, { rounds: 5, validationShare: 0, ...options }).json.trees;
    for (const tree of of({ maxLeaves: 7, minLeaf: 1 })) expect(leaves(tree)).toBe(7);
    for (const tree of of({ maxDepth: 3, minLeaf: 1 })) expect(depth(tree)).toBe(3);
    for (const tree of of({ minLeaf: 60, l2: 0 })) {
      const held = new Map<number, number>();
      for (const row of rows) {
        let node = 0;
        while (tree.feature[node] >= 0) {
          const right = row[tree.feature[node]] > tree.threshold[node];
          node = (right ? tree.right : tree.left)[node];
        }
        held.set(node, (held.get(node) ?? 0) + 1);
      }
      expect(held.size).toBe(leaves(tree));
      for (const count of held.values()) expect(count).toBeGreaterThanOrEqual(60);
    }
  });

  it('sends what is undefined to the better side', () => {
    // Undefined values stand in one class alone: now the one with low values, now the one with high ones.
    for (const withHoles of [0, 1]) {
      const rows = Array.from({ length: 80 }, (_, i) => [
        i % 2 === withHoles && i % 4 < 2 ? Number.NaN : (i % 2) * 2 + 0.01 * i,
      ]);
      const codes = rows.map((_, i) => i % 2);
      const model = fitted(rows, codes, {
        validationShare: 0,
        minLeaf: 5,
        rounds: 20,
      });
      expect(model.predict([[Number.NaN]]).codes[0]).toBe(withHoles);
      expect(model.json.trees[0].missing[0]).toBe(withHoles);
    }
  });

  it('parts undefined values from all others where only that tells', () => {
    const rows = Array.from({ length: 60 }, (_, i) => [i % 3 === 0 ? Number.NaN : i % 7]);
    const codes = rows.map(([x]) => (Number.isNaN(x) ? 1 : 0));
    const model = fitBoosting(rows, codes, { validationShare: 0, minLeaf: 5 });
    expect([...model.predict(rows).codes]).toEqual(codes);
  });

  it('where none was undefined, sends what is to the side with more rows', () => {
    const rows = Array.from({ length: 40 }, (_, i) => [i]);
    const model = fitted(
      rows,
      rows.map(([x]) => (x < 10 ? 0 : 1)),
      { validationShare: 0, minLeaf: 10 },
    );
    expect(model.json.trees[0]).toMatchObject({
      threshold: [9.5, 0, 0],
      missing: [1, 0, 0],
    });
    expect(model.predict([[Number.NaN]]).codes[0]).toBe(1);
  });

  it('stops where what is held out is judged no better, and keeps the best round', () => {
    // Labels that the columns say little about: more rounds learn the rows by heart.
    const { normal, uniform } = stream(4);
    const rows = Array.from({ length: 400 }, () => [normal(), normal(), normal()]);
    const codes = rows.map(([x]) => (uniform() < 1 / (1 + Math.exp(-2 * x)) ? 1 : 0));
    const how = { minLeaf: 5, seed: 2 };
    const stopped = fitted(rows, codes, {
      ...how,
      validationShare: 0.25,
      patience: 5,
    }).json;
    const rounds = stopped.trees.length;
    expect(rounds).toBeGreaterThan(3);
    expect(rounds).toBeLessThan(100);
    expect(fitted(rows, codes, { ...how, validationShare: 0, rounds: 60 }).json.trees).toHaveLength(
      60,
    );
    // Beyond it, as far as it looked, the held-out loss is no lower: more patience keeps the same or a better round.
    const patient = fitted(rows, codes, {
      ...how,
      validationShare: 0.25,
      patience: 50,
    }).json;
    expect(patient.trees.slice(0, rounds)).toEqual(stopped.trees);
    const test = Array.from({ length: 2000 }, () => [normal(), normal(), normal()]);
    const truth = test.map(([x]) => (uniform() < 1 / (1 + Math.exp(-2 * x)) ? 1 : 0));
    const all = fitted(rows, codes, {
      ...how,
      validationShare: 0,
      rounds: 200,
    }).json;
    expect(loss(stopped, test, truth)).toBeLessThan(loss(all, test, truth));
  });

  it('follows from its seed, and from nothing else', () => {
    const { rows, codes } = clouds(200, 3, 5);
    const how = { rounds: 8, rowShare: 0.6, columnShare: 0.5, minLeaf: 5 };
    const of = (options: BoostingOptions) => JSON.stringify(fitted(rows, codes, options).json);
    expect(of({ ...how, seed: 3 })).toBe(of({ ...how, seed: 3 }));
    expect(of({ ...how, seed: 4 })).not.toBe(of({ ...how, seed: 3 }));
    const plain = { rounds: 8, validationShare: 0 };
    expect(of({ ...plain, seed: 4 })).toBe(of({ ...plain, seed: 3 }));
    // Without samples a second half of the rounds begins where the first ended.
    const { trees } = fitted(rows, codes, plain).json;
    expect(fitted(rows, codes, { ...plain, rounds: 4 }).json.trees).toEqual(trees.slice(0, 12));
  });

  it('has the same bits for ever and everywhere', () => {
    const { rows, codes } = clouds(60, 3, 6);
    const exact = rows.map((row) => row.map((x) => Math.round(8 * x) / 8));
    const how = {
      rounds: 3,
      rowShare: 0.7,
      columnShare: 0.5,
      minLeaf: 3,
      seed: 7,
    };
    const { json, predict } = fitted(exact, codes, how);
    const root = json.trees.map(({ feature, threshold }) => [feature[0], threshold[0]]);
    expect(root).toMatchInlineSnapshot(`
      [
        [
          0,
          0.3125,
        ],
        [
          0,
          2.5,
        ],
        [
          0,
          1.6875,
        ],
        [
          0,
          0.4375,
        ],
        [
          1,
          -0.3125,
        ],
        [
          0,
          1.4375,
        ],
        [
          1,
          0.6875,
        ],
        [
          0,
          0.0625,
        ],
        [
          1,
          -0.0625,
        ],
      ]
    `);
    expect([...predict(exact.slice(0, 2)).probabilities]).toMatchInlineSnapshot(`
      [
        0.4898667707233662,
        0.26277867959160395,
        0.24735454968502976,
        0.2858912674605059,
        0.34516626708141723,
        0.3689424654580768,
      ]
    `);
  });

  it('draws samples of the share that it is told', () => {
    const { rows, codes } = clouds(100, 2, 8);
    // Trees that may cut one of two columns cut one.
    const one = fitted(rows, codes, {
      columnShare: 0.5,
      rounds: 12,
      validationShare: 0,
    }).json;
    const cut = one.trees.map(({ feature }) => new Set(feature.filter((f) => f >= 0)));
    for (const columns of cut) expect(columns.size).toBeLessThanOrEqual(1);
    expect(new Set(cut.flatMap((columns) => [...columns])).size).toBe(2);
    // A fifth of 100 rows cannot fill two leaves of 11.
    const few = fitted(rows, codes, {
      rowShare: 0.2,
      minLeaf: 11,
      rounds: 3,
      validationShare: 0,
    });
    for (const { feature } of few.json.trees) expect(feature).toEqual([-1]);
  });

  it('knows one class, and answers it', () => {
    const { json, predict } = fitted([[1], [2], [3]], [2, 2, 2], {
      classes: 4,
    });
    expect(json).toMatchObject({ present: [2], initial: [], trees: [] });
    expect([...predict([[5], [Number.NaN]]).probabilities]).toEqual([0, 0, 1, 0, 0, 0, 1, 0]);
    expect(classicalFromJSON(json).predict([[0]]).codes[0]).toBe(2);
  });

  it('answers with the shares where nothing can be cut', () => {
    const shares = (rows: Rows, codes: readonly number[], options: BoostingOptions = {}) => {
      const { json, predict } = fitted(rows, codes, options);
      expect(json.trees).toEqual([]);
      return [...predict(rows.slice(0, 1)).probabilities].map((p) => p.toFixed(12));
    };
    const quarter = ['0.250000000000', '0.750000000000'];
    const codes = Array.from({ length: 40 }, (_, i) => (i % 4 === 0 ? 0 : 1));
    const constant = codes.map(() => [7, 1e300]);
    expect(shares(constant, codes)).toEqual(quarter);
    expect(
      shares(
        codes.map(() => [Number.NaN]),
        codes,
      ),
    ).toEqual(quarter);
    // Four rows are too few for two leaves.
    expect(shares([[1], [2], [3], [4]], [0, 1, 1, 1])).toEqual(quarter);
    // Weights count.
    const weighted = shares(constant, codes, { classWeights: [3, 1] });
    expect(weighted).toEqual(['0.500000000000', '0.500000000000']);
  });

  it('takes rows twice as it takes them with twice the weight', () => {
    const { rows, codes } = clouds(60, 2, 9);
    const exact = rows.map((row) => row.map((x) => Math.round(4 * x) / 4));
    const how = { validationShare: 0, rounds: 10, l2: 1 };
    const twice = fitBoosting([...exact, ...exact], [...codes, ...codes], {
      ...how,
      minLeaf: 10,
    });
    const heavy = fitBoosting(exact, codes, {
      ...how,
      minLeaf: 5,
      classWeights: [2, 2],
    });
    const [a, b] = [twice, heavy].map((model) => model.predict(exact).probabilities);
    a.forEach((p, i) => {
      expect(p).toBeCloseTo(b[i], 12);
    });
  });

  it('takes the extremes of its numbers', () => {
    const rows = [[-1e308], [1.7e308], [-1e308], [1.7e308], [1e308], [0]];
    const model = fitted(rows, [0, 1, 0, 1, 0, 0], {
      minLeaf: 1,
      validationShare: 0,
    });
    expect([...model.predict(rows).codes]).toEqual([0, 1, 0, 1, 0, 0]);
    const again = classicalFromJSON(JSON.parse(JSON.stringify(model.json)));
    expect(again.predict(rows)).toEqual(model.predict(rows));
  });

  it('comes back from JSON with the same bits', () => {
    const { rows, codes } = clouds(200, 4, 10);
    const holes = rows.map((row, i) => (i % 9 === 0 ? [Number.NaN, row[1]] : row));
    const model = fitted(holes, codes, { minLeaf: 5, rounds: 20 });
    const again = classicalFromJSON(JSON.parse(JSON.stringify(model.json)));
    expect(again.predict(holes)).toEqual(model.predict(holes));
    expect(JSON.stringify(again.toJSON())).toBe(JSON.stringify(model.json));
  });

  it.each<[BoostingOptions, string]>([
    [{ rounds: 0 }, 'rounds is 0: expected an integer from 1 to 100000'],
    [{ learningRate: 0 }, 'learningRate is 0: expected a positive number'],
    [{ maxLeaves: 1 }, 'maxLeaves is 1: expected an integer from 2 to 4096'],
    [{ l2: -1 }, 'l2 is -1: expected a number ≥ 0'],
    [{ rowShare: 0 }, 'rowShare is 0: expected a number > 0 and ≤ 1'],
    [{ columnShare: 1.5 }, 'columnShare is 1.5: expected a number > 0 and ≤ 1'],
    [{ validationShare: 1 }, 'validationShare is 1: expected a number ≥ 0 and < 1'],
    [{ seed: 0.5 }, 'seed is 0.5: expected an integer'],
    [{ classWeights: [0, 0] }, 'classWeights is [0,0]: expected one above 0'],
    [{ trees: 5 } as BoostingOptions, 'boosting has no option "trees"'],
  ])('refuses %j', (options, message) => {
    expect(() => fitBoosting([[1], [2]], [0, 1], options)).toThrow(message);
    expect(() => fitBoosting([[1], [2]], [0, 1], options)).toThrow(ClassicalError);
  });
});
