/** Columns cut into at most 256 bins at quantiles, NaN the lowest. */
export interface Binned {
  readonly rows: number;
  /** One array per column: the bin of each row. */
  readonly bins: readonly Uint8Array[];
  /** One array per column: a value in a bin above b exceeds edges[b]; in b or below it does not. */
  readonly edges: readonly Float64Array[];
}

/** Most bins of a column, that of NaN among them. */
export const maxBins = 256;

/** Cuts columns into bins: a bin for each value where there are few of them, else at quantiles. */
export function bin(rows: readonly ArrayLike<number>[], columns: number): Binned {
  const bins: Uint8Array[] = [];
  const edges: Float64Array[] = [];
  for (let j = 0; j < columns; j++) {
    const column = Float64Array.from(rows, (row) => row[j]);
    const sorted = column.filter((x) => !Number.isNaN(x)).sort();
    const cuts: number[] = [-Number.MAX_VALUE];
    const distinct = sorted.filter((x, i) => i === 0 || x > sorted[i - 1]);
    const few = distinct.length <= maxBins - 1;
    const source = few ? distinct : sorted;
    const count = few ? distinct.length : maxBins - 1;
    for (let b = 1; b < count; b++) {
      const at = few ? b : Math.floor((b * source.length) / count);
      const sum = source[at - 1] + source[at];
      // The sum of two large numbers may be none.
      const cut = Number.isFinite(sum) ? sum / 2 : source[at - 1] / 2 + source[at] / 2;
      if (cut > cuts[cuts.length - 1] && source[at] > source[at - 1]) cuts.push(cut);
    }
    edges.push(Float64Array.from(cuts));
    bins.push(Uint8Array.from(column, (x) => binOf(x, cuts)));
  }
  return { rows: rows.length, bins, edges };
}

/** How many edges a value exceeds. */
function binOf(x: number, cuts: readonly number[]): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (x > cuts[middle]) low = middle + 1;
    else high = middle;
  }
  return low;
}
