import { readFileSync } from 'node:fs';
import { keyedRandom } from '@diffusion/random';
import { decisionsOutOfFolds } from './decisions-out-of-folds.ts';
import { atOnce } from './in-turns.ts';
import { kernelOf, kernelRows } from './kernel.ts';
import { scale } from './scaling.ts';
import { separate } from './smo.ts';
import { fitSvm, type SvmJSON } from './svm.ts';

interface Golden {
  readonly rows: readonly number[][];
  readonly codes: readonly number[];
  readonly test: readonly number[][];
  readonly predicted: readonly number[];
  /** Of the pairs of classes 0 1, 0 2 and 1 2, above 0 for the first. */
  readonly decisions: readonly number[][];
  readonly supportVectors: number;
}
const golden: Golden = JSON.parse(
  readFileSync(new URL('./fixtures/liposome-svc.json', import.meta.url), 'utf8'),
);

describe('a machine for liposomes', () => {
  const model = fitSvm(golden.rows, golden.codes, { cost: 2, classWeights: 'balanced' });
  const json = model.toJSON() as unknown as SvmJSON;

  it("has the classes of scikit-learn's, each pair of classes the same decision", () => {
    expect([...model.predict(golden.test).codes]).toEqual(golden.predicted);
    const columns = golden.rows[0].length;
    const x = scale(json.scaling, golden.test);
    const vectors = Float64Array.from(json.vectors);
    for (const i of golden.test.keys()) {
      for (const [p, { offset, support, coefficients }] of json.pairs.entries()) {
        const decision = support.reduce(
          (sum, v, s) => sum + coefficients[s] * kernelOf(json, x, i, vectors, v, columns),
          -offset,
        );
        // Both stop where the conditions of the optimum hold to 1e-3.
        expect(Math.abs(decision - golden.decisions[i][p])).toBeLessThan(0.01);
      }
    }
    expect(Math.abs(json.vectors.length / columns - golden.supportVectors)).toBeLessThanOrEqual(2);
  });
});

describe('rows of a kernel matrix', () => {
  const [count, columns] = [60, 3];
  const random = keyedRandom(4);
  const x = Float64Array.from({ length: count * columns }, () => random.normal());
  const rows = Int32Array.from({ length: 50 }, (_, i) => i + 10);
  const how = { kernel: 'rbf', gamma: 0.3 } as const;
  const of = (kept?: number) => kernelRows(how, x, rows, columns, kept);
  const y = Int8Array.from(rows, (row) => (x[row * columns] + 0.8 * random.normal() > 0 ? 1 : -1));
  const costs = Float64Array.from(y, (label) => (label > 0 ? 1.5 : 0.7));

  it('are those of the kernel, of all and of some of them', () => {
    const whole = of();
    const some = Int32Array.of(3, 30, 7, 41);
    const part = whole.of(some);
    for (const [a, i] of some.entries()) {
      for (const [b, j] of some.entries()) {
        const value = kernelOf(how, x, rows[i], x, rows[j], columns);
        expect(whole.row(i)[j]).toBe(value);
        expect(part.row(a)[b]).toBe(value);
        expect(part.at(a, b)).toBe(value);
        expect(part.of(Int32Array.of(b, a)).row(1)[0]).toBe(value);
      }
      expect(part.diagonal[a]).toBe(1);
    }
  });

  it('hold the last two that were asked for where there is room for no more', () => {
    const least = of(0);
    const [one, other] = [least.row(0), least.row(1)];
    const values = [...one];
    expect(least.row(0)).toBe(one);
    least.row(2);
    expect([...one]).toEqual(values);
    expect(least.row(2)).toBe(other);
    expect(least.row(1)[5]).toBe(of().row(1)[5]);
  });

  it.each([0, 5 * 8 * 50, undefined])(
    'separate and judge by the same bits with %s bytes kept',
    (kept) => {
      const order = Int32Array.from(y.keys());
      const [whole, few] = [of(), of(kept)];
      expect(atOnce(separate(few, y, costs))).toEqual(atOnce(separate(whole, y, costs)));
      const decisions = atOnce(decisionsOutOfFolds(few, y, costs, order));
      expect(decisions).toEqual(atOnce(decisionsOutOfFolds(whole, y, costs, order)));
      // The decision on a row is that of a machine of the other folds.
      const rest = order.subarray(10);
      const machine = atOnce(separate(whole.of(rest), y.subarray(10), costs.subarray(10)));
      const expected = rest.reduce(
        (sum, j, s) => sum + machine.coefficients[s] * whole.row(4)[j],
        -machine.offset,
      );
      expect(decisions[4]).toBeCloseTo(expected, 12);
    },
  );
});
