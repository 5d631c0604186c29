import { predictorOf } from './predictor.ts';
import { scratch } from './scratch.ts';

/** A run of points with missing frames between them. */
export interface GappedRun {
  /** Frame of each point, the first at 0. */
  readonly frames: ArrayLike<number>;
  /** Coordinates of the points, an array per axis. */
  readonly axes: readonly Float64Array[];
}

/** ln det of the covariance of the displacements of one axis, and their quadratic form over all axes. */
export interface Form {
  readonly logDeterminant: number;
  readonly square: number;
}

/**
 * The Gaussian likelihood of a run of points with missing frames, for steps over one frame whose covariance is Toeplitz: that
 * of the whole run with the missing places integrated out. They are Gaussian given the points that are there, with the
 * precision G, so that ln det grows by ln det G and the form is the least that any places give. O(S² + m³) for S frames of
 * which m are missing.
 */
export function missingForms({ frames, axes }: GappedRun): (covariance: ArrayLike<number>) => Form {
  const points = frames.length;
  const span = frames[points - 1];
  const missing = missingFrames(frames);
  const m = missing.length;
  // Steps between places on the straight line wherever a place is missing: the form does not depend on the choice.
  const steps = axes.map((axis) => {
    const out = new Float64Array(span);
    for (let i = 0; i + 1 < points; i++) {
      const gap = frames[i + 1] - frames[i];
      out.fill((axis[i + 1] - axis[i]) / gap, frames[i], frames[i + 1]);
    }
    return out;
  });
  const solved = new Float64Array(span);
  const sides = axes.map(() => new Float64Array(m));
  return (covariance) => {
    const inverse = scratch(0, span * span);
    const precision = scratch(1, m * m);
    const { filter, variance, logDeterminant } = predictorOf(covariance, span);
    invertToeplitz(inverse, filter, variance, span);
    // Rows and columns of the missing places: p is between the steps p − 1 and p.
    for (let i = 0; i < m; i++) {
      const p = missing[i];
      for (let j = 0; j < i; j++) {
        const above = (missing[j] - 1) * span + p;
        const below = above + span;
        precision[i * m + j] =
          inverse[above - 1] - inverse[above] - inverse[below - 1] + inverse[below];
      }
      const at = (p - 1) * span + p;
      precision[i * m + i] = inverse[at - 1] - 2 * inverse[at] + inverse[at + span];
    }
    let square = 0;
    for (const [a, x] of steps.entries()) {
      symmetricProduct(inverse, x, solved, span);
      for (let i = 0; i < span; i++) square += solved[i] * x[i];
      const side = sides[a];
      for (let i = 0; i < m; i++) side[i] = solved[missing[i] - 1] - solved[missing[i]];
    }
    let logPrecision = 0;
    for (let i = 0; i < m; i++) {
      const row = i * m;
      for (let j = 0; j <= i; j++) {
        const other = j * m;
        let sum = precision[row + j];
        for (let k = 0; k < j; k++) sum -= precision[row + k] * precision[other + k];
        precision[row + j] = i === j ? Math.sqrt(sum) : sum / precision[other + j];
      }
      const root = precision[row + i];
      logPrecision += 2 * Math.log(root);
      for (const side of sides) {
        let sum = side[i];
        for (let k = 0; k < i; k++) sum -= precision[row + k] * side[k];
        side[i] = sum / root;
        square -= side[i] * side[i];
      }
    }
    return { logDeterminant: logDeterminant + logPrecision, square };
  };
}

/** Frames between the first and the last that have no point. */
export function missingFrames(frames: ArrayLike<number>): Int32Array {
  const missing: number[] = [];
  for (let i = 0; i + 1 < frames.length; i++) {
    for (let frame = frames[i] + 1; frame < frames[i + 1]; frame++) missing.push(frame);
  }
  return Int32Array.from(missing);
}

/** Upper triangle of the inverse of a symmetric Toeplitz matrix, from its last predictor (Trench 1964). */
function invertToeplitz(
  inverse: Float64Array,
  filter: Float64Array,
  variance: number,
  n: number,
): void {
  for (let j = 0; j < n; j++) inverse[j] = filter[j] / variance;
  for (let i = 1; i < n; i++) {
    const row = i * n;
    const above = row - n - 1;
    const first = filter[i] / variance;
    const last = filter[n - i] / variance;
    for (let j = i; j < n; j++) {
      inverse[row + j] = inverse[above + j] + first * filter[j] - last * filter[n - j];
    }
  }
}

/** A symmetric matrix, of which the upper triangle is there, times a vector. */
function symmetricProduct(
  upper: Float64Array,
  vector: Float64Array,
  product: Float64Array,
  n: number,
): void {
  product.fill(0);
  for (let i = 0; i < n; i++) {
    const row = i * n;
    const x = vector[i];
    let sum = upper[row + i] * x;
    for (let j = i + 1; j < n; j++) {
      const value = upper[row + j];
      sum += value * vector[j];
      product[j] += value * x;
    }
    product[i] += sum;
  }
}
