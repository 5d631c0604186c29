import { EvaluationError } from '../errors.ts';

/**
 * The pairing of rows with columns of least total cost, as many pairs as the shorter side has places: shortest augmenting
 * paths with potentials, O(n²m). Of several such pairings it gives the one that SciPy's `linear_sum_assignment` gives, which
 * the programs of others score by.
 *
 * Source: R. Jonker and A. Volgenant, Computing 38 (1987) 325; for unequal sides D. F. Crouse, IEEE Trans. Aerosp. Electron.
 * Syst. 52 (2016) 1679.
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
  if (rows > columns) {
    const columnOf = new Int32Array(rows).fill(-1);
    assignment(columns, rows, (i, j) => cost(j, i)).forEach((row, column) => {
      columnOf[row] = column;
    });
    return columnOf;
  }
  const rowPotential = new Float64Array(rows);
  const columnPotential = new Float64Array(columns);
  const columnOf = new Int32Array(rows).fill(-1);
  const rowOf = new Int32Array(columns).fill(-1);
  const before = new Int32Array(columns).fill(-1);
  for (let row = 0; row < rows; row++) {
    // From the last column to the first: among equal costs the diagonal is taken.
    const remaining = Array.from({ length: columns }, (_, j) => columns - 1 - j);
    const least = new Float64Array(columns).fill(Number.POSITIVE_INFINITY);
    const seenRows = new Uint8Array(rows);
    const seenColumns = new Uint8Array(columns);
    let reached = 0;
    let sink = -1;
    for (let i = row; sink < 0; ) {
      let place = -1;
      let lowest = Number.POSITIVE_INFINITY;
      seenRows[i] = 1;
      remaining.forEach((j, at) => {
        const reduced = reached + cost(i, j) - rowPotential[i] - columnPotential[j];
        if (reduced < least[j]) {
          before[j] = i;
          least[j] = reduced;
        }
        // Of equal ones, a column that is free.
        if (least[j] < lowest || (least[j] === lowest && rowOf[j] < 0)) {
          lowest = least[j];
          place = at;
        }
      });
      if (lowest === Number.POSITIVE_INFINITY) throw notFinite(i);
      reached = lowest;
      const j = remaining[place];
      if (rowOf[j] < 0) sink = j;
      else i = rowOf[j];
      seenColumns[j] = 1;
      const last = remaining.pop() as number;
      if (place < remaining.length) remaining[place] = last;
    }
    rowPotential[row] += reached;
    for (let i = 0; i < rows; i++) {
      if (seenRows[i] && i !== row) rowPotential[i] += reached - least[columnOf[i]];
    }
    for (let j = 0; j < columns; j++) {
      if (seenColumns[j]) columnPotential[j] -= reached - least[j];
    }
    for (let j = sink; ; ) {
      const i = before[j];
      rowOf[j] = i;
      const next = columnOf[i];
      columnOf[i] = j;
      if (i === row) break;
      j = next;
    }
  }
  return columnOf;
}

function notFinite(i: number): EvaluationError {
  return new EvaluationError(`cost of place ${i} is nowhere a number: expected finite costs`);
}
