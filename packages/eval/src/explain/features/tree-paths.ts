import type { ForestJSON } from '@diffusion/models/classical';
import { EvaluationError } from '../../errors.ts';

/** What one feature did on the paths of a row through the trees of a forest. */
export interface PathFeature {
  /** Place among the columns. */
  readonly column: number;
  /** What the splits by it added to the probability of the class. */
  readonly contribution: number;
  /** Share of the trees on whose path it is asked for. */
  readonly trees: number;
  /** The closest thresholds that the row was found above and not above, −∞ and ∞ where there is none. */
  readonly above: number;
  readonly notAbove: number;
}

/** The way of one row through a forest. */
export interface TreePaths {
  /** Probability of the class before anything was asked: with the contributions it makes `probability`. */
  readonly start: number;
  readonly probability: number;
  /** Features that were asked for, the one that added most first. */
  readonly features: readonly PathFeature[];
}

/**
 * Why a forest says of rows what it says: the path of each row through every tree, and what each split on it changed in the share of
 * a class (Saabas 2014; the contributions and `start` add up to the probability). The share in a node is the mean
 * of the leaves below it, each counted by how many of the `rows` end there and one, so that many tracks make it sharper.
 *
 * Throws {@link EvaluationError} for a row of another number of columns, and for a class that the forest does not have.
 *
 * @param codes class of each row that is explained.
 *
 * @example
 * const [{ features }] = treePaths(forest, rows, codes);
 */
export function treePaths(
  { trees, classes, columns }: ForestJSON,
  rows: readonly ArrayLike<number>[],
  codes: ArrayLike<number>,
): TreePaths[] {
  for (const [i, row] of rows.entries()) {
    if (row.length !== columns) {
      throw new EvaluationError(`row ${i} has ${row.length} columns: expected ${columns}`);
    }
    if (!(Number.isInteger(codes[i]) && codes[i] >= 0 && codes[i] < classes)) {
      throw new EvaluationError(`codes[${i}] is ${codes[i]}: expected 0 to ${classes - 1}`);
    }
  }
  const added = rows.map(() => new Float64Array(columns));
  const asked = rows.map(() => new Uint32Array(columns));
  const above = rows.map(() => new Float64Array(columns).fill(Number.NEGATIVE_INFINITY));
  const notAbove = rows.map(() => new Float64Array(columns).fill(Number.POSITIVE_INFINITY));
  const start = new Float64Array(rows.length);
  const probability = new Float64Array(rows.length);
  for (const tree of trees) {
    const paths = rows.map((row) => pathOf(tree, row));
    const shares = nodeShares(tree, classes, paths);
    for (const [i, path] of paths.entries()) {
      const share = (node: number) => shares[node * classes + codes[i]];
      start[i] += share(0) / trees.length;
      probability[i] += share(path[path.length - 1]) / trees.length;
      const seen = new Set<number>();
      for (let k = 0; k + 1 < path.length; k++) {
        const column = tree.feature[path[k]];
        const threshold = tree.threshold[path[k]];
        added[i][column] += (share(path[k + 1]) - share(path[k])) / trees.length;
        seen.add(column);
        if (path[k + 1] === tree.right[path[k]]) {
          above[i][column] = Math.max(above[i][column], threshold);
        } else notAbove[i][column] = Math.min(notAbove[i][column], threshold);
      }
      for (const column of seen) asked[i][column]++;
    }
  }
  return rows.map((_, i) => ({
    start: start[i],
    probability: probability[i],
    features: Array.from(asked[i], (count, column) => ({
      column,
      contribution: added[i][column],
      trees: count / trees.length,
      above: above[i][column],
      notAbove: notAbove[i][column],
    }))
      .filter(({ trees: share }) => share > 0)
      .sort((a, b) => b.contribution - a.contribution || a.column - b.column),
  }));
}

type Tree = ForestJSON['trees'][number];

/** Nodes from the root to the leaf in which a row ends. */
function pathOf({ feature, threshold, left, right }: Tree, row: ArrayLike<number>): number[] {
  const path = [0];
  for (let node = 0; feature[node] >= 0; path.push(node)) {
    node = row[feature[node]] > threshold[node] ? right[node] : left[node];
  }
  return path;
}

/** Shares of the classes in every node: nodes × classes. */
function nodeShares(
  { feature, left, right, shares }: Tree,
  classes: number,
  paths: readonly (readonly number[])[],
): Float64Array {
  const weight = new Float64Array(feature.length);
  for (const path of paths) weight[path[path.length - 1]]++;
  const all = Float64Array.from(shares);
  // Children have larger numbers than their parents.
  for (let node = feature.length - 1; node >= 0; node--) {
    if (feature[node] < 0) {
      weight[node]++;
      continue;
    }
    const [l, r] = [left[node], right[node]];
    weight[node] = weight[l] + weight[r];
    for (let c = 0; c < classes; c++) {
      const sum = weight[l] * all[l * classes + c] + weight[r] * all[r * classes + c];
      all[node * classes + c] = sum / weight[node];
    }
  }
  return all;
}
