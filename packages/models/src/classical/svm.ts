import {
  type Classical,
  ClassicalError,
  type ClassicalOptions,
  largest,
  type Rows,
  trainingSet,
} from './classical.ts';
import { couple, fitSigmoid, sigmoid } from './platt.ts';
import { randomStream, shuffled } from './random-stream.ts';
import { fitScaling, type Scaling, scale } from './scaling.ts';
import { type KernelRow, type Separation, separate } from './smo.ts';

/** What {@link fitSvm} is fitted with. */
export interface SvmOptions extends ClassicalOptions {
  /** Default `rbf`, exp(−γ|x − x′|²); or `linear`. */
  readonly kernel?: 'rbf' | 'linear';
  /** Price of a point within the margin, times the weight of its class. Default 1. */
  readonly cost?: number;
  /** γ of the standardised columns. Default one over their number. */
  readonly gamma?: number;
  /** Seed of the folds that the probabilities are fitted on. Default 0. */
  readonly seed?: number;
}

/** One pair of classes: its decision is above 0 for the first. */
interface Pair {
  readonly first: number;
  readonly second: number;
  readonly offset: number;
  /** Places in `vectors`, and the coefficient of each. */
  readonly support: readonly number[];
  readonly coefficients: readonly number[];
  /** P(first) = 1/(1 + exp(a·decision + b)). */
  readonly sigmoid: readonly [a: number, b: number];
}

/** A fitted support vector machine as plain data. */
export interface SvmJSON {
  readonly kind: 'svm';
  readonly classes: number;
  readonly kernel: 'rbf' | 'linear';
  readonly gamma: number;
  readonly scaling: Scaling;
  /** Support vectors × columns, scaled. */
  readonly vectors: readonly number[];
  readonly pairs: readonly Pair[];
}

/**
 * Support vector machine, one against one with class weights, as LIBSVM's C-SVC (Chang & Lin 2011) on standardised
 * columns: undefined features take their mean. A row's class is the one that wins most pairs, of equal ones the
 * first; the probabilities come from a sigmoid per pair, fitted on decisions out of five folds, and the coupling of
 * the pairs, so that the most probable class may be another one.
 *
 * @param rows tracks × features; memory grows with the rows of two classes squared.
 * @param codes one class per row, from 0.
 * Throws {@link ClassicalError} when these do not fit each other or an option is out of its range.
 *
 * @example
 * const model = fitSvm([[0.1], [0.2], [0.8], [0.9]], [0, 0, 1, 1], { classWeights: 'balanced' });
 * model.predict([[0.15], [0.85]]).codes; // 0, 1
 */
export function fitSvm(
  rows: Rows,
  codes: ArrayLike<number>,
  options: SvmOptions = {},
): Classical<'svm'> {
  const set = trainingSet(rows, codes, options);
  const { columns, classes, weights } = set;
  const { kernel = 'rbf', cost = 1, gamma = 1 / columns, seed = 0 } = options;
  if (!['rbf', 'linear'].includes(kernel)) {
    throw new ClassicalError(`kernel is ${kernel}: expected rbf or linear`);
  }
  for (const [name, value] of Object.entries({ cost, gamma })) {
    if (!(value > 0 && value < Infinity)) {
      throw new ClassicalError(`${name} is ${value}: expected a positive number`);
    }
  }
  if (!Number.isSafeInteger(seed)) throw new ClassicalError(`seed is ${seed}: expected an integer`);
  const scaling = fitScaling(rows);
  const x = scale(scaling, rows);
  const vectors: number[] = [];
  const placeOf = new Map<number, number>();
  const place = (row: number) => {
    let at = placeOf.get(row);
    if (at === undefined) {
      at = placeOf.size;
      placeOf.set(row, at);
      for (let c = 0; c < columns; c++) vectors.push(x[row * columns + c]);
    }
    return at;
  };

  const pairs: Pair[] = [];
  for (let first = 0; first < classes; first++) {
    for (let second = first + 1; second < classes; second++) {
      const both = Int32Array.from(rows.keys()).filter(
        (i) => set.codes[i] === first || set.codes[i] === second,
      );
      const y = Int8Array.from(both, (i) => (set.codes[i] === first ? 1 : -1));
      if (!y.includes(1) || !y.includes(-1)) continue;
      const costs = Float64Array.from(both, (i) => cost * weights[set.codes[i]]);
      const matrix = kernelMatrix(x, both, columns, kernel, gamma);
      const { coefficients, offset } = solve(matrix, y, costs);
      const random = randomStream(seed, first * classes + second);
      const decisions = decisionsOutOfFolds(matrix, y, costs, shuffled(y.length, random));
      const chosen = Array.from(both.keys()).filter((i) => coefficients[i] !== 0);
      pairs.push({
        first,
        second,
        offset,
        support: chosen.map((i) => place(both[i])),
        coefficients: chosen.map((i) => coefficients[i]),
        sigmoid: fitSigmoid(decisions, y),
      });
    }
  }
  return svmFromJSON({ kind: 'svm', classes, kernel, gamma, scaling, vectors, pairs });
}

/** The classifier that {@link fitSvm} wrote as JSON. */
export function svmFromJSON(json: SvmJSON): Classical<'svm'> {
  const { classes, scaling, kernel, gamma, pairs } = json;
  const columns = scaling.mean.length;
  const vectors = Float64Array.from(json.vectors);
  const count = vectors.length / columns;
  const seen = [...new Set(pairs.flatMap(({ first, second }) => [first, second]))].sort(
    (a, b) => a - b,
  );
  return {
    kind: 'svm',
    classes,
    predict(rows) {
      const x = scale(scaling, rows);
      const votes = new Float64Array(rows.length * classes);
      const probabilities = new Float64Array(rows.length * classes);
      const values = new Float64Array(count);
      const pairwise = new Float64Array(seen.length ** 2);
      const coupled = new Float64Array(seen.length);
      for (let i = 0; i < rows.length; i++) {
        for (let v = 0; v < count; v++) {
          values[v] = kernelOf(x, i * columns, vectors, v * columns, columns, kernel, gamma);
        }
        for (const { first, second, offset, support, coefficients, sigmoid: fit } of pairs) {
          let decision = -offset;
          for (let s = 0; s < support.length; s++) decision += coefficients[s] * values[support[s]];
          votes[i * classes + (decision > 0 ? first : second)]++;
          const p = Math.min(Math.max(sigmoid(fit[0] * decision + fit[1]), 1e-7), 1 - 1e-7);
          pairwise[seen.indexOf(first) * seen.length + seen.indexOf(second)] = p;
          pairwise[seen.indexOf(second) * seen.length + seen.indexOf(first)] = 1 - p;
        }
        couple(pairwise, coupled);
        seen.forEach((code, c) => {
          probabilities[i * classes + code] = coupled[c];
        });
      }
      return { codes: largest(votes, classes), probabilities };
    },
    toJSON: () => json,
  };
}

/** Rows of a kernel matrix, square. */
function kernelMatrix(
  x: Float64Array,
  rows: Int32Array,
  columns: number,
  kernel: 'rbf' | 'linear',
  gamma: number,
): Float64Array[] {
  const matrix = Array.from(rows, () => new Float64Array(rows.length));
  rows.forEach((a, i) => {
    for (let j = 0; j <= i; j++) {
      const value = kernelOf(x, a * columns, x, rows[j] * columns, columns, kernel, gamma);
      matrix[i][j] = value;
      matrix[j][i] = value;
    }
  });
  return matrix;
}

function kernelOf(
  a: Float64Array,
  fromA: number,
  b: Float64Array,
  fromB: number,
  columns: number,
  kernel: 'rbf' | 'linear',
  gamma: number,
): number {
  let sum = 0;
  if (kernel === 'linear') {
    for (let c = 0; c < columns; c++) sum += a[fromA + c] * b[fromB + c];
    return sum;
  }
  for (let c = 0; c < columns; c++) {
    const difference = a[fromA + c] - b[fromB + c];
    sum += difference * difference;
  }
  return Math.exp(-gamma * sum);
}

function solve(matrix: readonly Float64Array[], y: Int8Array, costs: Float64Array): Separation {
  const row: KernelRow = (i) => matrix[i];
  return separate(
    row,
    Float64Array.from(matrix, (_, i) => matrix[i][i]),
    y,
    costs,
  );
}

/** The decision on each row by machines that did not see it: five folds of the rows in the given order. */
function decisionsOutOfFolds(
  matrix: readonly Float64Array[],
  y: Int8Array,
  costs: Float64Array,
  order: Int32Array,
): Float64Array {
  const decisions = new Float64Array(y.length);
  const folds = 5;
  for (let fold = 0; fold < folds; fold++) {
    const [from, to] = [fold, fold + 1].map((f) => Math.floor((f * order.length) / folds));
    const rest = order.filter((_, at) => at < from || at >= to);
    const labels = Int8Array.from(rest, (i) => y[i]);
    const out = order.subarray(from, to);
    if (!labels.includes(1) || !labels.includes(-1)) {
      // One class alone cannot be separated: its side.
      for (const i of out) decisions[i] = labels[0] ?? 0;
      continue;
    }
    const part = Array.from(rest, (i) => Float64Array.from(rest, (j) => matrix[i][j]));
    const { coefficients, offset } = solve(
      part,
      labels,
      Float64Array.from(rest, (i) => costs[i]),
    );
    for (const i of out) {
      decisions[i] = rest.reduce((sum, j, s) => sum + coefficients[s] * matrix[i][j], -offset);
    }
  }
  return decisions;
}
