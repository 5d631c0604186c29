import type { Binned } from '../bins.ts';

/** A regression tree in columns; node 0 is the root, and a feature of −1 marks a leaf. */
export interface GradientTree {
  readonly feature: readonly number[];
  /** A value above it goes to the right, others to the left; of NaN `missing` says. */
  readonly threshold: readonly number[];
  /** 1 where NaN goes to the right, 0 where it goes to the left. */
  readonly missing: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** What a leaf adds to the score, 0 elsewhere. */
  readonly value: readonly number[];
}

/** How a tree grows. */
export interface GradientTreeOptions {
  readonly maxLeaves: number;
  readonly maxDepth: number;
  /** Fewest rows in a leaf. */
  readonly minLeaf: number;
  /** λ: penalty of the squared values of the leaves. */
  readonly l2: number;
  /** By what the values of the leaves are multiplied. */
  readonly shrinkage: number;
}

/** First and second derivatives of the loss by the score, one per row. */
export interface Derivatives {
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

/** A cut of a column: rows in bins from 1 to `bin` go to the left, the others to the right, NaN where `missing` says. */
interface Split {
  readonly column: number;
  readonly bin: number;
  readonly missing: 0 | 1;
  /** How much GL²/(HL + λ) + GR²/(HR + λ) exceeds G²/(H + λ): twice what the loss falls to second order. */
  readonly gain: number;
  /** Σgradient and Σhessian of what goes to the left. */
  readonly gradient: number;
  readonly hessian: number;
}

/** Sums of a node by column and bin: gradient and hessian in turn, and rows. */
interface Histogram {
  readonly sums: Float64Array;
  readonly counts: Int32Array;
}

/** A leaf that may be split further. */
interface OpenLeaf {
  readonly node: number;
  readonly from: number;
  readonly to: number;
  readonly depth: number;
  readonly gradient: number;
  readonly hessian: number;
  readonly histogram: Histogram;
  readonly split: Split;
}

/** Smallest sum of second derivatives on either side of a cut: below it a Newton step means nothing. */
const minHessian = 1e-3;

/**
 * A regression tree on first and second derivatives (Friedman, Hastie & Tibshirani 2000; Chen & Guestrin 2016, eq. 6
 * and 7), grown leaf by leaf: the leaf whose best cut gains most is split next (Shi 2007). A leaf has the value
 * −shrinkage·G/(H + λ). Undefined values go to the side where they gain more; where a node has none of them, to the
 * side with more rows.
 *
 * @param rowsOf rows of the sample, in rising order; they are sorted by leaves here.
 * @param columns those that may be cut, in rising order.
 * @returns the tree, and for each of its nodes the bin up to which rows go to the left.
 */
export function growGradientTree(
  { bins, edges }: Binned,
  rowsOf: Int32Array,
  columns: readonly number[],
  { gradient, hessian }: Derivatives,
  { maxLeaves, maxDepth, minLeaf, l2, shrinkage }: GradientTreeOptions,
): { readonly tree: GradientTree; readonly cuts: readonly number[] } {
  const tree = {
    feature: [] as number[],
    threshold: [] as number[],
    missing: [] as number[],
    left: [] as number[],
    right: [] as number[],
    value: [] as number[],
  };
  const cuts: number[] = [];
  const used = columns.map((column) => edges[column].length + 1);
  const offsets: number[] = [];
  let size = 0;
  for (const width of used) {
    offsets.push(size);
    size += width;
  }
  const spare: Histogram[] = [];
  const kept = new Int32Array(rowsOf.length);
  const ordered = new Float64Array(2 * rowsOf.length);

  const addLeaf = (sumGradient: number, sumHessian: number): number => {
    tree.feature.push(-1);
    tree.threshold.push(0);
    tree.missing.push(0);
    tree.left.push(0);
    tree.right.push(0);
    // The smallest divisor keeps a leaf without any second derivative finite.
    const value = (-shrinkage * sumGradient) / Math.max(sumHessian + l2, 1e-15);
    // Zero has no sign, as in JSON.
    return tree.value.push(value === 0 ? 0 : value) - 1;
  };

  const emptyHistogram = (): Histogram => {
    const histogram = spare.pop();
    if (!histogram) return { sums: new Float64Array(2 * size), counts: new Int32Array(size) };
    histogram.sums.fill(0);
    histogram.counts.fill(0);
    return histogram;
  };

  const histogramOf = (from: number, to: number): Histogram => {
    const histogram = emptyHistogram();
    const { sums, counts } = histogram;
    for (let i = from; i < to; i++) {
      ordered[2 * (i - from)] = gradient[rowsOf[i]];
      ordered[2 * (i - from) + 1] = hessian[rowsOf[i]];
    }
    // Two columns at once take half the time of one after the other: the additions wait less for each other.
    for (let k = 0; k + 1 < columns.length; k += 2) {
      const [binA, binB] = [bins[columns[k]], bins[columns[k + 1]]];
      const [offsetA, offsetB] = [offsets[k], offsets[k + 1]];
      for (let i = from; i < to; i++) {
        const row = rowsOf[i];
        const g = ordered[2 * (i - from)];
        const h = ordered[2 * (i - from) + 1];
        const a = offsetA + binA[row];
        const b = offsetB + binB[row];
        sums[2 * a] += g;
        sums[2 * a + 1] += h;
        counts[a]++;
        sums[2 * b] += g;
        sums[2 * b + 1] += h;
        counts[b]++;
      }
    }
    if (columns.length % 2 === 1) {
      const bin = bins[columns[columns.length - 1]];
      const offset = offsets[columns.length - 1];
      for (let i = from; i < to; i++) {
        const at = offset + bin[rowsOf[i]];
        sums[2 * at] += ordered[2 * (i - from)];
        sums[2 * at + 1] += ordered[2 * (i - from) + 1];
        counts[at]++;
      }
    }
    return histogram;
  };

  /** What is left of a node's sums without those of one child, in the place of the node's. */
  const without = (whole: Histogram, part: Histogram): Histogram => {
    for (let i = 0; i < whole.sums.length; i++) whole.sums[i] -= part.sums[i];
    for (let i = 0; i < whole.counts.length; i++) whole.counts[i] -= part.counts[i];
    return whole;
  };

  /** The best cut of a node with `rows` rows, none if nothing gains. */
  const bestSplit = (
    { sums, counts }: Histogram,
    rows: number,
    sumGradient: number,
    sumHessian: number,
  ): Split | undefined => {
    const before = (sumGradient * sumGradient) / (sumHessian + l2);
    let best: Split | undefined;
    let most = 0;
    for (let k = 0; k < columns.length; k++) {
      const offset = offsets[k];
      const undefinedRows = counts[offset];
      // Once with NaN on the right, once on the left; the same thing where there is none.
      for (let missing = undefinedRows > 0 ? 1 : 0; missing >= 0; missing--) {
        let [g, h, below] = [0, 0, 0];
        for (let b = missing; b < used[k] - 1; b++) {
          const at = offset + b;
          const count = counts[at];
          if (count === 0) continue;
          g += sums[2 * at];
          h += sums[2 * at + 1];
          below += count;
          if (below < minLeaf || h < minHessian) continue;
          const restHessian = sumHessian - h;
          if (rows - below < minLeaf || restHessian < minHessian) break;
          const rest = sumGradient - g;
          const after = (g * g) / (h + l2) + (rest * rest) / (restHessian + l2);
          const gain = after - before;
          // What is within the rounding of the sums is no gain.
          if (!(gain > most && gain > 1e-12 * after)) continue;
          most = gain;
          const right = undefinedRows > 0 ? (missing as 0 | 1) : 2 * below < rows ? 1 : 0;
          best = { column: columns[k], bin: b, missing: right, gain, gradient: g, hessian: h };
        }
      }
    }
    return best;
  };

  const open: OpenLeaf[] = [];
  const consider = (
    node: number,
    [from, to]: readonly [number, number],
    depth: number,
    [sumGradient, sumHessian]: readonly [number, number],
    histogram: Histogram,
  ): void => {
    const split =
      depth < maxDepth && to - from >= 2 * minLeaf
        ? bestSplit(histogram, to - from, sumGradient, sumHessian)
        : undefined;
    if (!split) spare.push(histogram);
    else
      open.push({
        node,
        from,
        to,
        depth,
        gradient: sumGradient,
        hessian: sumHessian,
        histogram,
        split,
      });
  };

  let [allGradient, allHessian] = [0, 0];
  for (let i = 0; i < rowsOf.length; i++) {
    allGradient += gradient[rowsOf[i]];
    allHessian += hessian[rowsOf[i]];
  }
  const root = addLeaf(allGradient, allHessian);
  cuts.push(0);
  consider(root, [0, rowsOf.length], 0, [allGradient, allHessian], histogramOf(0, rowsOf.length));
  for (let leaves = 1; leaves < maxLeaves && open.length > 0; leaves++) {
    let next = 0;
    for (let i = 1; i < open.length; i++) {
      const [gain, most] = [open[i].split.gain, open[next].split.gain];
      if (gain > most || (gain === most && open[i].node < open[next].node)) next = i;
    }
    const { node, from, to, depth, gradient: g, hessian: h, histogram, split } = open[next];
    open[next] = open[open.length - 1];
    open.pop();

    const bin = bins[split.column];
    const first = split.missing;
    let middle = from;
    let above = 0;
    for (let i = from; i < to; i++) {
      const row = rowsOf[i];
      const b = bin[row];
      if (b > split.bin || b < first) kept[above++] = row;
      else rowsOf[middle++] = row;
    }
    for (let i = 0; i < above; i++) rowsOf[middle + i] = kept[i];

    const leftSums = [split.gradient, split.hessian] as const;
    const rightSums = [g - split.gradient, h - split.hessian] as const;
    tree.feature[node] = split.column;
    tree.threshold[node] = edges[split.column][split.bin];
    tree.missing[node] = split.missing;
    tree.value[node] = 0;
    cuts[node] = split.bin;
    const left = addLeaf(...leftSums);
    const right = addLeaf(...rightSums);
    tree.left[node] = left;
    tree.right[node] = right;
    cuts.push(0, 0);

    const leftIsSmaller = middle - from <= to - middle;
    const small = leftIsSmaller ? histogramOf(from, middle) : histogramOf(middle, to);
    const large = without(histogram, small);
    consider(left, [from, middle], depth + 1, leftSums, leftIsSmaller ? small : large);
    consider(right, [middle, to], depth + 1, rightSums, leftIsSmaller ? large : small);
  }
  return { tree, cuts };
}

/** The leaf value of a row of features. */
export function leafValue(tree: GradientTree, row: ArrayLike<number>): number {
  let node = 0;
  for (let feature = tree.feature[0]; feature >= 0; feature = tree.feature[node]) {
    const x = row[feature];
    const toRight = x > tree.threshold[node] || (tree.missing[node] === 1 && Number.isNaN(x));
    node = toRight ? tree.right[node] : tree.left[node];
  }
  return tree.value[node];
}

/** Adds the leaf value of every row of a binned set to `scores`: the same numbers as {@link leafValue} of the rows. */
export function addValues(
  tree: GradientTree,
  cuts: readonly number[],
  { rows, bins }: Binned,
  scores: Float64Array,
): void {
  for (let i = 0; i < rows; i++) {
    let node = 0;
    for (let feature = tree.feature[0]; feature >= 0; feature = tree.feature[node]) {
      const b = bins[feature][i];
      const toRight = b > cuts[node] || (b === 0 && tree.missing[node] === 1);
      node = toRight ? tree.right[node] : tree.left[node];
    }
    scores[i] += tree.value[node];
  }
}
