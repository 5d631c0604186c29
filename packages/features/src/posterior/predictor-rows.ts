import { scratch } from './scratch.ts';
import type { Steps } from './toeplitz-run.ts';

/** The predictors of each step from those before it, as the rows of a triangular matrix W with WᵀW = M⁻¹. */
export interface PredictorRows {
  /** Keeps the predictor of the n-th step: `filter` as `extendPredictor` leaves it, the variance of its errors. */
  readonly write: (filter: Float64Array, n: number, variance: number) => void;
  /** xᵀM⁻¹x over all axes, and per axis the differences of M⁻¹x over the missing places. */
  readonly form: (run: { readonly steps: Steps; readonly missing: Int32Array }) => {
    readonly square: number;
    readonly sides: readonly Float64Array[];
  };
}

/** Room for the predictors of up to so many steps. */
export function predictorRows(longest: number): PredictorRows {
  const rows = new Float64Array((longest * (longest + 1)) / 2);
  return {
    write(filter, n, variance) {
      const scale = 1 / Math.sqrt(variance);
      const row = (n * (n - 1)) / 2;
      for (let j = 0; j < n; j++) rows[row + n - 1 - j] = filter[j] * scale;
    },
    form({ steps, missing }) {
      const n = steps[0].length;
      const errors = steps.map((_, axis) => scratch(6 + axis, longest));
      const pairs = steps.length >> 1;
      for (let pair = 0; pair < pairs; pair++) {
        const [x, y] = [steps[2 * pair], steps[2 * pair + 1]];
        twoAxes(rows, x, y, errors[2 * pair], errors[2 * pair + 1], n);
      }
      if (steps.length % 2 === 1) {
        oneAxis(rows, steps[steps.length - 1], errors[steps.length - 1], n);
      }
      let square = 0;
      for (const of of errors) for (let t = 0; t < n; t++) square += of[t] * of[t];
      const m = missing.length;
      if (m === 0) return { square, sides: [] };
      const sides = steps.map((_, axis) => scratch(9 + axis, m).fill(0, 0, m));
      for (let axis = 0; axis < sides.length; axis += 2) {
        // The last one twice where it has no partner: what is added to the second is not asked for.
        const other = axis + 1 < sides.length ? axis + 1 : axis;
        const partner = other === axis ? scratch(12, m) : sides[other];
        differences(rows, errors[axis], errors[other], missing, sides[axis], partner, n);
      }
      return { square, sides };
    },
  };
}

/** Adds to the sides of two axes the differences of Wᵀe over the missing places: p is between the steps p − 1 and p. */
function differences(
  rows: Float64Array,
  ofX: Float64Array,
  ofY: Float64Array,
  missing: Int32Array,
  x: Float64Array,
  y: Float64Array,
  n: number,
): void {
  const m = missing.length;
  for (let t = missing[0] - 1, behind = 0; t < n; t++) {
    const row = (t * (t + 1)) / 2;
    const errorX = ofX[t];
    const errorY = ofY[t];
    while (behind < m && missing[behind] <= t) behind++;
    for (let i = 0; i < behind; i++) {
      const at = row + missing[i];
      const difference = rows[at - 1] - rows[at];
      x[i] += difference * errorX;
      y[i] += difference * errorY;
    }
    if (behind < m && missing[behind] === t + 1) {
      x[behind] += rows[row + t] * errorX;
      y[behind] += rows[row + t] * errorY;
    }
  }
}

/** Errors of the predictions of two axes, four steps at a time. */
function twoAxes(
  rows: Float64Array,
  x: Float64Array,
  y: Float64Array,
  ofX: Float64Array,
  ofY: Float64Array,
  n: number,
): void {
  let t = 0;
  for (; t + 3 < n; t += 4) {
    const first = (t * (t + 1)) / 2;
    const second = first + t + 1;
    const third = second + t + 2;
    const fourth = third + t + 3;
    let x0 = 0;
    let x1 = 0;
    let x2 = 0;
    let x3 = 0;
    let y0 = 0;
    let y1 = 0;
    let y2 = 0;
    let y3 = 0;
    for (let i = 0; i <= t; i++) {
      const xi = x[i];
      const yi = y[i];
      const w0 = rows[first + i];
      const w1 = rows[second + i];
      const w2 = rows[third + i];
      const w3 = rows[fourth + i];
      x0 += w0 * xi;
      y0 += w0 * yi;
      x1 += w1 * xi;
      y1 += w1 * yi;
      x2 += w2 * xi;
      y2 += w2 * yi;
      x3 += w3 * xi;
      y3 += w3 * yi;
    }
    const w1 = rows[second + t + 1];
    const w2 = rows[third + t + 1];
    const w2b = rows[third + t + 2];
    const w3 = rows[fourth + t + 1];
    const w3b = rows[fourth + t + 2];
    const w3c = rows[fourth + t + 3];
    ofX[t] = x0;
    ofX[t + 1] = x1 + w1 * x[t + 1];
    ofX[t + 2] = x2 + w2 * x[t + 1] + w2b * x[t + 2];
    ofX[t + 3] = x3 + w3 * x[t + 1] + w3b * x[t + 2] + w3c * x[t + 3];
    ofY[t] = y0;
    ofY[t + 1] = y1 + w1 * y[t + 1];
    ofY[t + 2] = y2 + w2 * y[t + 1] + w2b * y[t + 2];
    ofY[t + 3] = y3 + w3 * y[t + 1] + w3b * y[t + 2] + w3c * y[t + 3];
  }
  for (; t < n; t++) {
    let ofFirst = 0;
    let ofSecond = 0;
    for (let i = 0, first = (t * (t + 1)) / 2; i <= t; i++) {
      ofFirst += rows[first + i] * x[i];
      ofSecond += rows[first + i] * y[i];
    }
    ofX[t] = ofFirst;
    ofY[t] = ofSecond;
  }
}

/** Errors of the predictions of one axis, four steps at a time. */
function oneAxis(rows: Float64Array, x: Float64Array, ofX: Float64Array, n: number): void {
  let t = 0;
  for (; t + 3 < n; t += 4) {
    const first = (t * (t + 1)) / 2;
    const second = first + t + 1;
    const third = second + t + 2;
    const fourth = third + t + 3;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let i = 0; i <= t; i++) {
      const xi = x[i];
      s0 += rows[first + i] * xi;
      s1 += rows[second + i] * xi;
      s2 += rows[third + i] * xi;
      s3 += rows[fourth + i] * xi;
    }
    const [b, c, d] = [x[t + 1], x[t + 2], x[t + 3]];
    ofX[t] = s0;
    ofX[t + 1] = s1 + rows[second + t + 1] * b;
    ofX[t + 2] = s2 + rows[third + t + 1] * b + rows[third + t + 2] * c;
    ofX[t + 3] =
      s3 + rows[fourth + t + 1] * b + rows[fourth + t + 2] * c + rows[fourth + t + 3] * d;
  }
  for (; t < n; t++) {
    let sum = 0;
    for (let i = 0, first = (t * (t + 1)) / 2; i <= t; i++) sum += rows[first + i] * x[i];
    ofX[t] = sum;
  }
}
