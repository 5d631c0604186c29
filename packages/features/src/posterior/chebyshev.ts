/** The n Chebyshev–Lobatto points of an interval, its ends among them; its middle where n is 1. */
export function chebyshevPoints(n: number, from: number, to: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) =>
    n === 1
      ? (from + to) / 2
      : (from + to) / 2 - ((to - from) / 2) * Math.cos((Math.PI * i) / (n - 1)),
  );
}

/**
 * The matrix, `at.length` × `points.length`, that takes the values at Chebyshev–Lobatto points to those of their polynomial
 * elsewhere, by the barycentric formula (Berrut & Trefethen 2004).
 */
export function interpolation(points: Float64Array, at: Float64Array): Float64Array {
  const n = points.length;
  const matrix = new Float64Array(at.length * n);
  for (let row = 0; row < at.length; row++) {
    let sum = 0;
    let exact = -1;
    for (let i = 0; i < n; i++) {
      const distance = at[row] - points[i];
      if (distance === 0) exact = i;
      const weight = (i % 2 ? -1 : 1) * (i === 0 || i === n - 1 ? 0.5 : 1);
      const value = weight / distance;
      matrix[row * n + i] = value;
      sum += value;
    }
    for (let i = 0; i < n; i++) {
      matrix[row * n + i] = exact < 0 ? matrix[row * n + i] / sum : i === exact ? 1 : 0;
    }
  }
  return matrix;
}

/** Values on the grid rows × columns from those at points × points: left · values · rightᵀ. */
export function onGrid(
  left: Float64Array,
  values: ArrayLike<number>,
  right: Float64Array,
  { rows, columns, inner, outer }: { rows: number; columns: number; inner: number; outer: number },
): Float64Array {
  const half = new Float64Array(inner * columns);
  for (let p = 0; p < inner; p++) {
    for (let c = 0; c < columns; c++) {
      let sum = 0;
      for (let q = 0; q < outer; q++) sum += values[p * outer + q] * right[c * outer + q];
      half[p * columns + c] = sum;
    }
  }
  const grid = new Float64Array(rows * columns);
  for (let r = 0; r < rows; r++) {
    for (let p = 0; p < inner; p++) {
      const weight = left[r * inner + p];
      for (let c = 0; c < columns; c++) grid[r * columns + c] += weight * half[p * columns + c];
    }
  }
  return grid;
}
