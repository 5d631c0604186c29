import { checkRows, type Rows } from './classical.ts';

/** Mean and standard deviation of each column, as plain data. */
export interface Scaling {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** Mean and deviation of the numbers of each column, NaN left out; a constant column has the deviation 1. */
export function fitScaling(rows: Rows): Scaling {
  const columns = rows[0].length;
  const mean: number[] = [];
  const deviation: number[] = [];
  for (let j = 0; j < columns; j++) {
    const column = Array.from(rows, (row) => row[j]).filter((x) => !Number.isNaN(x));
    const centre = column.reduce((sum, x) => sum + x, 0) / Math.max(1, column.length);
    const square = column.reduce((sum, x) => sum + (x - centre) ** 2, 0);
    mean.push(centre);
    deviation.push(Math.sqrt(square / Math.max(1, column.length)) || 1);
  }
  return { mean, deviation };
}

/** Rows × columns, each column of mean 0 and deviation 1 in the rows it was fitted to; NaN becomes 0, the mean. */
export function scale({ mean, deviation }: Scaling, rows: Rows): Float64Array {
  const columns = mean.length;
  checkRows(rows, columns);
  const scaled = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => {
    for (let j = 0; j < columns; j++) {
      const value = (row[j] - mean[j]) / deviation[j];
      scaled[i * columns + j] = Number.isNaN(value) ? 0 : value;
    }
  });
  return scaled;
}
