import { keyedRandom } from '@diffusion/random';
import { integerOption, type OptionsOf } from '../options.ts';
import { bin } from './bins.ts';
import {
  anySeed,
  type Classical,
  ClassicalError,
  type ClassicalOptions,
  checkRows,
  largest,
  type Rows,
  readKind,
  trainingSet,
} from './classical.ts';
import { atOnce, type Pieces } from './in-turns.ts';
import { addShares, growTree, type Tree } from './tree.ts';

/** Every option of {@link fitForest} beside those that all classifiers have. */
export const forestOptions = {
  trees: integerOption({ default: 100, min: 1, max: 1e5, description: 'Number of trees.' }),
  columnsPerSplit: integerOption({
    default: null,
    min: 1,
    max: 1e5,
    nullable: true,
    description: 'Columns that each split looks at; any means the root of their number.',
  }),
  maxDepth: integerOption({ default: 32, min: 1, max: 1e4, description: 'Depth of a tree.' }),
  minLeaf: integerOption({ default: 1, min: 1, max: 1e9, description: 'Fewest rows in a leaf.' }),
  seed: anySeed('The seed of the samples of rows and columns.'),
};

/** What {@link fitForest} is fitted with. */
export type ForestOptions = ClassicalOptions & Partial<OptionsOf<typeof forestOptions>>;

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
  return atOnce(forestInPieces(rows, codes, options));
}

/** {@link fitForest}, a tree at a time. */
export function* forestInPieces(
  rows: Rows,
  codes: ArrayLike<number>,
  options: ForestOptions = {},
): Pieces<Classical<'forest'>> {
  const set = trainingSet(rows, codes, options);
  const { columns, classes, weights } = set;
  const { trees, maxDepth, minLeaf, seed, ...read } = readKind('forest', forestOptions, options);
  const columnsPerSplit = read.columnsPerSplit ?? Math.max(1, Math.round(Math.sqrt(columns)));
  if (columnsPerSplit > columns) {
    throw new ClassicalError(
      `forest option columnsPerSplit is ${columnsPerSplit}: expected an integer from 1 to ${columns}, the columns there are`,
    );
  }
  const binned = bin(rows, columns);
  const how = { classes, columnsPerSplit, maxDepth, minLeaf };
  const grown: Tree[] = [];
  for (let t = 0; t < trees; t++) {
    const random = keyedRandom(seed, 'tree', t);
    const sample = Int32Array.from({ length: rows.length }, () => random.integerBelow(rows.length));
    grown.push(growTree(binned, set.codes, sample, weights, random, how));
    yield;
  }
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
