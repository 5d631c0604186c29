/** Floats behind packed panels that the kernels use for tiles at the edge of a matrix: the largest tile has 6 × 16. */
const EDGE = 96;

/** Columns of a matrix, rounded up to whole panels. */
export const panelColumns = (columns: number) => Math.ceil(columns / 8) * 8;

/**
 * Floats that a packed matrix of `rows` × `columns` takes, whichever the shape of its panels (assembly/tile.ts).
 *
 * @param header whether what the sums begin with is packed, too
 */
export const panelFloats = (rows: number, columns: number, header = true) =>
  (rows + (header ? 1 : 0)) * panelColumns(columns) + EDGE;
