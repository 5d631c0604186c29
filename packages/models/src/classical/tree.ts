import type { Random } from '@diffusion/random';
import { type Binned, maxBins } from './bins.ts';

/** A decision tree in columns; node 0 is the root, and a feature of −1 marks a leaf. */
export interface Tree {
  readonly feature: readonly number[];
  /** A value above it goes to the right; others, and NaN, to the left. */
  readonly threshold: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** Nodes × classes: shares of the classes in each leaf, zeros elsewhere. */
  readonly shares: readonly number[];
}

/** How a tree grows. */
export interface TreeOptions {
  readonly classes: number;
  /** Columns that each split looks at, drawn anew. */
  readonly columnsPerSplit: number;
  readonly maxDepth: number;
  /** Fewest rows, repeated ones counted, in a leaf. */
  readonly minLeaf: number;
}

/**
 * A classification tree after Breiman et al. 1984: every node is split where the Gini impurity falls most, until its
 * rows are of one class or too few.
 *
 * @param rowsOf rows of the sample; a row drawn twice stands there twice.
 * @param weightOf weight of each class.
 */
export function growTree(
  { bins, edges }: Binned,
  codes: Int32Array,
  rowsOf: Int32Array,
  weightOf: Float64Array,
  random: Random,
  { classes, columnsPerSplit, maxDepth, minLeaf }: TreeOptions,
): Tree {
  const feature: number[] = [];
  const threshold: number[] = [];
  const left: number[] = [];
  const right: number[] = [];
  const shares: number[] = [];
  const columns = Array.from(bins, (_, j) => j);
  const histogram = new Float64Array((maxBins + 1) * classes);
  const counts = new Int32Array(maxBins + 1);

  const weightsOf = (from: number, to: number) => {
    const sums = new Float64Array(classes);
    for (let i = from; i < to; i++) sums[codes[rowsOf[i]]] += weightOf[codes[rowsOf[i]]];
    return sums;
  };

  /** The best cut of one column: its bin and how much Σ(weight²)/weight grows. */
  const bestCut = (column: number, from: number, to: number, sums: Float64Array) => {
    const bin = bins[column];
    const used = edges[column].length + 1;
    histogram.fill(0, 0, used * classes);
    counts.fill(0, 0, used);
    for (let i = from; i < to; i++) {
      const row = rowsOf[i];
      histogram[bin[row] * classes + codes[row]] += weightOf[codes[row]];
      counts[bin[row]]++;
    }
    const total = sums.reduce((a, b) => a + b, 0);
    const before = sums.reduce((sum, w) => sum + w * w, 0) / total;
    const below = new Float64Array(classes);
    let [rowsBelow, weightBelow] = [0, 0];
    let best = { cut: -1, gain: 1e-12 * total };
    for (let b = 0; b < used - 1; b++) {
      for (let c = 0; c < classes; c++) {
        below[c] += histogram[b * classes + c];
        weightBelow += histogram[b * classes + c];
      }
      rowsBelow += counts[b];
      const weightAbove = total - weightBelow;
      if (counts[b] === 0 || rowsBelow < minLeaf || to - from - rowsBelow < minLeaf) continue;
      if (!(weightBelow > 0 && weightAbove > 0)) continue;
      let [squaresBelow, squaresAbove] = [0, 0];
      for (let c = 0; c < classes; c++) {
        const above = sums[c] - below[c];
        squaresBelow += below[c] * below[c];
        squaresAbove += above * above;
      }
      const gain = squaresBelow / weightBelow + squaresAbove / weightAbove - before;
      if (gain > best.gain) best = { cut: b, gain };
    }
    return best;
  };

  const addNode = (): number => {
    feature.push(-1);
    threshold.push(0);
    left.push(0);
    right.push(0);
    for (let c = 0; c < classes; c++) shares.push(0);
    return feature.length - 1;
  };

  const open = [{ node: addNode(), from: 0, to: rowsOf.length, depth: 0 }];
  for (let task = open.pop(); task; task = open.pop()) {
    const { node, from, to, depth } = task;
    const sums = weightsOf(from, to);
    const total = sums.reduce((a, b) => a + b, 0);
    let choice = { column: -1, cut: -1, gain: 0 };
    const pure = sums.some((w) => w === total);
    if (!pure && depth < maxDepth && to - from >= 2 * minLeaf) {
      // Columns without replacement; those in which the node is constant do not count.
      for (let tried = 0, looked = 0; tried < columns.length && looked < columnsPerSplit; tried++) {
        const at = tried + random.integerBelow(columns.length - tried);
        [columns[tried], columns[at]] = [columns[at], columns[tried]];
        const { cut, gain } = bestCut(columns[tried], from, to, sums);
        if (cut >= 0) looked++;
        if (gain > choice.gain && cut >= 0) choice = { column: columns[tried], cut, gain };
      }
    }
    if (choice.column < 0) {
      for (let c = 0; c < classes; c++)
        shares[node * classes + c] = total > 0 ? sums[c] / total : 1 / classes;
      continue;
    }
    const bin = bins[choice.column];
    let middle = from;
    for (let i = from; i < to; i++) {
      if (bin[rowsOf[i]] > choice.cut) continue;
      [rowsOf[i], rowsOf[middle]] = [rowsOf[middle], rowsOf[i]];
      middle++;
    }
    feature[node] = choice.column;
    threshold[node] = edges[choice.column][choice.cut];
    left[node] = addNode();
    right[node] = addNode();
    open.push({ node: left[node], from, to: middle, depth: depth + 1 });
    open.push({ node: right[node], from: middle, to, depth: depth + 1 });
  }
  return { feature, threshold, left, right, shares };
}

/** Adds the shares of the leaf in which a row ends to `out`. */
export function addShares(tree: Tree, row: ArrayLike<number>, out: Float64Array): void {
  let node = 0;
  while (tree.feature[node] >= 0) {
    node = row[tree.feature[node]] > tree.threshold[node] ? tree.right[node] : tree.left[node];
  }
  for (let c = 0; c < out.length; c++) out[c] += tree.shares[node * out.length + c];
}
