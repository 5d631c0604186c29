import type { Pieces } from './in-turns.ts';
import type { KernelRows } from './kernel.ts';

/** The solution of one two-class problem: the decision is Σ coefficient[i]·k(i, x) − offset, above 0 for class +1. */
export interface Separation {
  /** y[i]·α[i], 0 for what is not a support vector. */
  readonly coefficients: Float64Array;
  readonly offset: number;
}

/**
 * The soft-margin support vector machine of two classes by sequential minimal optimisation with the second-order
 * working set of Fan, Chen & Lin 2005, as LIBSVM solves it: minimises ½αᵀQα − Σα, 0 ≤ α[i] ≤ cost[i], Σ y[i]α[i] = 0,
 * Q[i, j] = y[i]y[j]k(i, j), until the optimality conditions hold to `tolerance`.
 *
 * @param kernel the kernel matrix.
 * @param y +1 or −1.
 */
export function* separate(
  kernel: KernelRows,
  y: Int8Array,
  cost: Float64Array,
  tolerance = 1e-3,
): Pieces<Separation> {
  const n = y.length;
  const { diagonal } = kernel;
  const alpha = new Float64Array(n);
  // gradient[t] of the objective; −y[t]·gradient[t] is how much the objective falls per y[t]·α[t].
  const gradient = new Float64Array(n).fill(-1);
  const canRise = (t: number) => (y[t] > 0 ? alpha[t] < cost[t] : alpha[t] > 0);
  const canFall = (t: number) => (y[t] > 0 ? alpha[t] > 0 : alpha[t] < cost[t]);

  for (let step = 0; step < Math.max(1e6, 100 * n); step++) {
    yield;
    let i = -1;
    let most = Number.NEGATIVE_INFINITY;
    for (let t = 0; t < n; t++) {
      if (canRise(t) && -y[t] * gradient[t] > most) {
        most = -y[t] * gradient[t];
        i = t;
      }
    }
    if (i < 0) break;
    const row = kernel.row(i);
    let j = -1;
    let least = Number.POSITIVE_INFINITY;
    let fall = 0;
    for (let t = 0; t < n; t++) {
      if (!canFall(t)) continue;
      const value = -y[t] * gradient[t];
      least = Math.min(least, value);
      const violation = most - value;
      if (violation <= 0) continue;
      const curvature = Math.max(diagonal[i] + diagonal[t] - 2 * row[t], 1e-12);
      if ((violation * violation) / curvature > fall) {
        fall = (violation * violation) / curvature;
        j = t;
      }
    }
    if (j < 0 || most - least < tolerance) break;

    const other = kernel.row(j);
    const curvature = Math.max(diagonal[i] + diagonal[j] - 2 * row[j], 1e-12);
    // y·α of i rises and of j falls by the same amount, as far as both stay in their boxes.
    const room = (t: number, rising: boolean) => (rising ? cost[t] - alpha[t] : alpha[t]);
    const wanted = (most + y[j] * gradient[j]) / curvature;
    const amount = Math.min(wanted, room(i, y[i] > 0), room(j, y[j] < 0));
    alpha[i] = clip(alpha[i] + y[i] * amount, cost[i]);
    alpha[j] = clip(alpha[j] - y[j] * amount, cost[j]);
    for (let t = 0; t < n; t++) gradient[t] += y[t] * amount * (row[t] - other[t]);
  }

  return { coefficients: alpha.map((a, t) => y[t] * a), offset: offsetOf() };

  /** Where the free support vectors have a margin of one; between the bounds where none is free. */
  function offsetOf(): number {
    let [sum, free] = [0, 0];
    let [upper, lower] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let t = 0; t < n; t++) {
      const value = y[t] * gradient[t];
      if (alpha[t] > 0 && alpha[t] < cost[t]) {
        sum += value;
        free++;
      } else if (canRise(t)) upper = Math.min(upper, value);
      else lower = Math.max(lower, value);
    }
    return free > 0 ? sum / free : (upper + lower) / 2;
  }
}

/** Within 0 and `most`; what rounding leaves beside an end is the end. */
function clip(value: number, most: number): number {
  if (value < 1e-12 * most) return 0;
  return value > (1 - 1e-12) * most ? most : value;
}
