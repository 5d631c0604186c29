import { EvaluationError } from '../errors.ts';

/**
 * The pairing of rows with columns of least total cost, as many pairs as the shorter side has places (Hungarian
 * algorithm with potentials, O(n²m)).
 *
 * Source: H. W. Kuhn, Naval Res. Logist. Q. 2 (1955) 83; in the form with shortest augmenting paths of R. Jonker and
 * A. Volgenant, Computing 38 (1987) 325.
 *
 * Throws {@link EvaluationError} when a row has no column of finite cost.
 *
 * @param cost finite cost of pairing row i with column j.
 * @returns the column of each row, −1 for a row without one.
 *
 * @example
 * assignment(2, 2, (i, j) => [[1, 2], [1, 9]][i][j]) // Int32Array [1, 0]
 */
export function assignment(
  rows: number,
  columns: number,
  cost: (i: number, j: number) => number,
): Int32Array {
  const columnOf = new Int32Array(rows).fill(-1);
  if (rows > columns) {
    assignment(columns, rows, (i, j) => cost(j, i)).forEach((row, column) => {
      columnOf[row] = column;
    });
    return columnOf;
  }
  // Rows and columns count from 1; column 0 is where each new row begins.
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(columns + 1);
  const rowOf = new Int32Array(columns + 1);
  const before = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row++) {
    rowOf[0] = row;
    let at = 0;
    const least = new Float64Array(columns + 1).fill(Infinity);
    const seen = new Uint8Array(columns + 1);
    while (rowOf[at] !== 0) {
      seen[at] = 1;
      const i = rowOf[at];
      let next = 0;
      let step = Infinity;
      for (let j = 1; j <= columns; j++) {
        if (seen[j]) continue;
        const reduced = cost(i - 1, j - 1) - rowPotential[i] - columnPotential[j];
        if (reduced < least[j]) {
          least[j] = reduced;
          before[j] = at;
        }
        if (least[j] < step) {
          step = least[j];
          next = j;
        }
      }
      if (step === Infinity) throw notFinite(i - 1);
      for (let j = 0; j <= columns; j++) {
        if (seen[j]) {
          rowPotential[rowOf[j]] += step;
          columnPotential[j] -= step;
        } else least[j] -= step;
      }
      at = next;
    }
    for (; at !== 0; at = before[at]) rowOf[at] = rowOf[before[at]];
  }
  for (let j = 1; j <= columns; j++) if (rowOf[j] > 0) columnOf[rowOf[j] - 1] = j - 1;
  return columnOf;
}

function notFinite(i: number): EvaluationError {
  return new EvaluationError(`cost of place ${i} is nowhere a number: expected finite costs`);
}
