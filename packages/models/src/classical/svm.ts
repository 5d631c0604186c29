import { permutation } from '@diffusion/random';
import { choiceOption, type OptionsOf, positiveOption } from '../options.ts';
import {
  anySeed,
  type Classical,
  type ClassicalOptions,
  largest,
  type Rows,
  readKind,
  trainingSet,
} from './classical.ts';
import { decisionsOutOfFolds } from './decisions-out-of-folds.ts';
import { atOnce, type Pieces } from './in-turns.ts';
import { type Kernel, kernelOf, kernelRows } from './kernel.ts';
import { couple, fitSigmoid, sigmoid } from './platt.ts';
import { fitScaling, type Scaling, scale } from './scaling.ts';
import { separate } from './smo.ts';

/** Every option of {@link fitSvm} beside those that all classifiers have. */
export const svmOptions = {
  kernel: choiceOption({
    default: 'rbf',
    choices: ['rbf', 'linear'],
    description: 'rbf: exp(−γ|x − x′|²); or linear.',
  }),
  cost: positiveOption({
    default: 1,
    description: 'Price of a point within the margin, times the weight of its class.',
  }),
  gamma: positiveOption({
    default: null,
    nullable: true,
    description: 'γ of the standardised columns; null means one over their number.',
  }),
  seed: anySeed('The seed of the folds that the probabilities are fitted on.'),
};

/** What {@link fitSvm} is fitted with. */
export type SvmOptions = ClassicalOptions & Partial<OptionsOf<typeof svmOptions>>;

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
export interface SvmJSON extends Kernel {
  readonly kind: 'svm';
  readonly classes: number;
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
 * @param rows tracks × features. No more than 0.8 GB of the kernel matrices is held at a time, however many rows there are.
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
  return atOnce(svmInPieces(rows, codes, options));
}

/** {@link fitSvm}, some steps of an optimisation or decisions at a time. */
export function* svmInPieces(
  rows: Rows,
  codes: ArrayLike<number>,
  options: SvmOptions = {},
): Pieces<Classical<'svm'>> {
  const set = trainingSet(rows, codes, options);
  const { columns, classes, weights } = set;
  const { kernel, cost, seed, ...read } = readKind('svm', svmOptions, options);
  const gamma = read.gamma ?? 1 / columns;
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
      const matrix = kernelRows({ kernel, gamma }, x, both, columns);
      const { coefficients, offset } = yield* separate(matrix, y, costs);
      const shuffled = permutation(y.length, seed, 'calibration', first, second);
      const order = Int32Array.from(y, (_, i) => shuffled(i));
      const decisions = yield* decisionsOutOfFolds(matrix, y, costs, order);
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
  const { classes, scaling, pairs } = json;
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
          values[v] = kernelOf(json, x, i, vectors, v, columns);
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
