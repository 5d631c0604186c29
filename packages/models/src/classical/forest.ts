import { checkSeed, keyedRandom } from '@diffusion/random';
import {
  type Classical,
  ClassicalError,
  type ClassicalOptions,
  checkRows,
  largest,
  type Rows,
  trainingSet,
} from './classical.ts';
import { addShares, bin, growTree, type Tree } from './tree.ts';

/** What {@link fitForest} is fitted with. */
export interface ForestOptions extends ClassicalOptions {
  /** Number of trees. Default 100. */
  readonly trees?: number;
  /** Columns that each split looks at. Default the root of their number. */
  readonly columnsPerSplit?: number;
  /** Default 32. */
  readonly maxDepth?: number;
  /** Fewest rows in a leaf. Default 1. */
  readonly minLeaf?: number;
  /** Default 0. */
  readonly seed?: number;
}

/** A fitted forest as plain data. */
export interface ForestJSON {
  readonly kind: 'forest';
  readonly classes: number;
  readonly columns: number;
  readonly trees: readonly Tree[];
}

/**
 * Random forest (Breiman 2001): each tree is grown on a sample of the rows drawn with replacement, each split looks at
 * a few columns drawn anew; the probabilities are the mean shares of the leaves. Columns are cut into 256 bins at
 * quantiles first; an undefined feature counts as lower than every number. Tree t follows from (seed, t).
 *
 * @param rows tracks × features.
 * @param codes one class per row, from 0.
 * Throws {@link ClassicalError} when these do not fit each other or an option is out of its range.
 *
 * @example
 * const model = fitForest([[0.1], [0.2], [0.8], [0.9]], [0, 0, 1, 1], { trees: 20, seed: 1 });
 * model.predict([[0.15], [0.85]]).codes; // 0, 1
 */
export function fitForest(
  rows: Rows,
  codes: ArrayLike<number>,
  options: ForestOptions = {},
): Classical<'forest'> {
  const set = trainingSet(rows, codes, options);
  const { columns, classes, weights } = set;
  const { trees = 100, maxDepth = 32, minLeaf = 1, seed = 0 } = options;
  const columnsPerSplit = options.columnsPerSplit ?? Math.max(1, Math.round(Math.sqrt(columns)));
  const ranges = [
    ['trees', trees, 1e5],
    ['maxDepth', maxDepth, 1e4],
    ['minLeaf', minLeaf, 1e9],
    ['columnsPerSplit', columnsPerSplit, columns],
  ] as const;
  for (const [name, value, most] of ranges) {
    if (!(Number.isInteger(value) && value >= 1 && value <= most)) {
      throw new ClassicalError(`${name} is ${value}: expected an integer from 1 to ${most}`);
    }
  }
  checkSeed(seed, ClassicalError);
  const binned = bin(rows, columns);
  const how = { classes, columnsPerSplit, maxDepth, minLeaf };
  const grown = Array.from({ length: trees }, (_, t) => {
    const random = keyedRandom(seed, 'tree', t);
    const sample = Int32Array.from({ length: rows.length }, () => random.integerBelow(rows.length));
    return growTree(binned, set.codes, sample, weights, random, how);
  });
  return forestFromJSON({ kind: 'forest', classes, columns, trees: grown });
}

/** The classifier that {@link fitForest} wrote as JSON. */
export function forestFromJSON(json: ForestJSON): Classical<'forest'> {
  const { classes, columns, trees } = json;
  return {
    kind: 'forest',
    classes,
    predict(rows) {
      checkRows(rows, columns);
      const probabilities = new Float64Array(rows.length * classes);
      rows.forEach((row, i) => {
        const shares = probabilities.subarray(i * classes, (i + 1) * classes);
        for (const tree of trees) addShares(tree, row, shares);
        for (let c = 0; c < classes; c++) shares[c] /= trees.length;
      });
      return { codes: largest(probabilities, classes), probabilities };
    },
    toJSON: () => json,
  };
}
