/** exp(−γ|x − x′|²), or the inner product. */
export interface Kernel {
  readonly kernel: 'rbf' | 'linear';
  readonly gamma: number;
}

/** The kernel matrix of some rows, of which no more is in memory than fits: a row is worked out when it is asked for. */
export interface KernelRows {
  readonly count: number;
  /** k(i, i) of every i. */
  readonly diagonal: Float64Array;
  /** k(i, j) of every j. What the last two calls gave stays as it is; earlier rows may have been written over. */
  row(i: number): Float64Array;
  /** k(i, j), from a row that is at hand. */
  at(i: number, j: number): number;
  /** The kernel matrix of those of the rows that are chosen. */
  of(chosen: Int32Array): KernelRows;
}

/** Bytes of the rows that are kept of one matrix. A machine has two at a time: of all rows, and of those of a fold. */
const KEPT = 400 * 2 ** 20;

/**
 * The kernel matrix of some rows of x, rows × columns, symmetric to the bit.
 *
 * @param kept bytes of rows that are kept for when they are asked for again, those asked for last; two rows at least.
 */
export function kernelRows(
  how: Kernel,
  x: Float64Array,
  rows: Int32Array,
  columns: number,
  kept = KEPT,
): KernelRows {
  const value = (i: number, j: number) => kernelOf(how, x, rows[i], x, rows[j], columns);
  const whole: KernelRows = keptRows(
    {
      count: rows.length,
      diagonal: Float64Array.from(rows, (_, i) => value(i, i)),
      fill(i, row) {
        for (let j = 0; j < row.length; j++) row[j] = value(i, j);
      },
      value,
      of: (chosen) =>
        keptRows(
          {
            count: chosen.length,
            diagonal: Float64Array.from(chosen, (i) => whole.diagonal[i]),
            fill(i, row) {
              const from = whole.row(chosen[i]);
              for (let j = 0; j < row.length; j++) row[j] = from[chosen[j]];
            },
            value: (i, j) => whole.at(chosen[i], chosen[j]),
            of: (further) => whole.of(further.map((i) => chosen[i])),
          },
          kept,
        ),
    },
    kept,
  );
  return whole;
}

/** Rows that are worked out, and the last of them kept. */
function keptRows(
  {
    fill,
    value,
    ...matrix
  }: Omit<KernelRows, 'row' | 'at'> & {
    readonly fill: (i: number, row: Float64Array) => void;
    readonly value: (i: number, j: number) => number;
  },
  kept: number,
): KernelRows {
  const room = Math.max(2, Math.floor(kept / (8 * Math.max(1, matrix.count))));
  // A map goes through its keys in the order of their setting: the first is what was not asked for the longest.
  const rows = new Map<number, Float64Array>();
  return {
    ...matrix,
    row(i) {
      let row = rows.get(i);
      if (row) rows.delete(i);
      else {
        if (rows.size < room) row = new Float64Array(matrix.count);
        else {
          const [[oldest, free]] = rows;
          rows.delete(oldest);
          row = free;
        }
        fill(i, row);
      }
      rows.set(i, row);
      return row;
    },
    at: (i, j) => rows.get(i)?.[j] ?? rows.get(j)?.[i] ?? value(i, j),
  };
}

/** The kernel of row i of a and row j of b. */
export function kernelOf(
  { kernel, gamma }: Kernel,
  a: Float64Array,
  i: number,
  b: Float64Array,
  j: number,
  columns: number,
): number {
  const [fromA, fromB] = [i * columns, j * columns];
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
