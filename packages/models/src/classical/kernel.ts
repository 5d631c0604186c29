import type { Pieces } from './in-turns.ts';

/** exp(−γ|x − x′|²), or the inner product. */
export interface Kernel {
  readonly kernel: 'rbf' | 'linear';
  readonly gamma: number;
}

/** The kernel matrix of some rows of x, rows × columns: square, each row an array. */
export function* kernelMatrix(
  how: Kernel,
  x: Float64Array,
  rows: Int32Array,
  columns: number,
): Pieces<Float64Array[]> {
  const matrix = Array.from(rows, () => new Float64Array(rows.length));
  for (let i = 0; i < rows.length; i++) {
    for (let j = 0; j <= i; j++) {
      const value = kernelOf(how, x, rows[i], x, rows[j], columns);
      matrix[i][j] = value;
      matrix[j][i] = value;
    }
    yield;
  }
  return matrix;
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
