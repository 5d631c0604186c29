import * as tf from '@tensorflow/tfjs-core';
import type { Host } from './host.ts';
import { panelFloats } from './panels.ts';
import { mayOverread } from './windows.ts';

/** Rows that a transposed product works on together. */
const ROWS = 64;

/** A matrix in the heap: element (r, c) is `rowStep`·r + `columnStep`·c floats after `at`. */
export interface Matrix {
  at: number;
  rows: number;
  columns: number;
  rowStep: number;
  columnStep: number;
}

export const packedBytes = ({ rows, columns }: Matrix) => panelFloats(rows, columns) * 4;

/** Packs a matrix for `multiply`, with `bias` (an address, or 0) as what its products begin with. */
export function pack(host: Host, matrix: Matrix, panels: number, bias: number): void {
  const { at, rows, columns, rowStep, columnStep } = matrix;
  host.run.packPanels(at, rowStep, columnStep, rows, columns, bias, panels, rows, 0);
}

/** c = a·b (+ bias) (cut at zero): `rows` rows of a, contiguous, one after the other. */
export function product(
  host: Host,
  a: number,
  rows: number,
  b: Matrix,
  c: number,
  { bias = 0, relu = false } = {},
): void {
  host.scratch(16 + packedBytes(b), (at) => {
    host.integers(at, 1)[0] = 0;
    pack(host, b, at + 16, bias);
    const [pitch, outPitch] = [b.rows * 4, b.columns * 4];
    const panels = at + 16;
    host.run.multiply(a, pitch, rows, b.rows, panels, b.columns, c, outPitch, at, relu ? 1 : 0);
  });
}

/** c = aᵀ·b for a [rows, m] and b [rows, n]; the sums of b's rows go to `bias` (an address, or 0). */
export function transposedProduct(
  host: Host,
  a: number,
  b: number,
  [rows, m, n]: [number, number, number],
  c: number,
  bias = 0,
): void {
  const panels = panelFloats(ROWS, n, false) * 4;
  const border = mayOverread(m) ? ((ROWS * m * 4 + 31) & ~15) >>> 0 : 0;
  const whole = Math.floor(rows / ROWS);
  const parts = [
    { from: 0, size: ROWS, count: whole },
    { from: whole * ROWS, size: rows - whole * ROWS, count: 1 },
  ].filter(({ size, count }) => size * count > 0);
  host.scratch(16 + panels + border, (at) => {
    host.integers(at, 1)[0] = 0;
    const packed = at + 16;
    for (const [i, { from, size, count }] of parts.entries()) {
      host.run.correlate(
        a + from * m * 4,
        1,
        size * m * 4,
        count,
        border ? packed + panels : 0,
        border,
        size * m * 4,
        0,
        1,
        1,
        0,
        size,
        m * 4,
        at,
        1,
        m,
        b + from * n * 4,
        n,
        packed,
        c,
        bias,
        i === 0 ? 1 : 0,
      );
    }
  });
}

/** [batch, rows, columns] of the operand of a (batched) matrix product. */
export function matrixShape({ shape }: tf.TensorInfo): [number, number, number] {
  const [rows, columns] = shape.slice(-2);
  return [tf.util.sizeFromShape(shape.slice(0, -2)), rows, columns];
}
