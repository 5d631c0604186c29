import { type FourierInverse, precisionTimes } from './fourier-inverse.ts';
import { scratch } from './scratch.ts';
import type { Form, SolvedSteps } from './toeplitz-run.ts';

/** Frames between the first and the last that have no point. */
export function missingFrames(frames: ArrayLike<number>): Int32Array {
  const missing: number[] = [];
  for (let i = 0; i + 1 < frames.length; i++) {
    for (let frame = frames[i] + 1; frame < frames[i + 1]; frame++) missing.push(frame);
  }
  return Int32Array.from(missing);
}

/** What is farther from the diagonal of G, in frames, is left out where there are many missing places. */
const REACH = 64;
/** The iterations stop where what they may still change is less than so much of the form per degree of freedom. */
const TOLERANCE = 1e-3;
/** And after so many. */
const MOST_ITERATIONS = 20;

/** What the missing places add to ln det, and the form without them. */
export function withoutMissing(
  missing: Int32Array,
  filter: Float64Array,
  variance: number,
  n: number,
  { square, sides }: SolvedSteps,
): Form {
  const factor = factorOfPrecision(missing, filter, variance, n, n);
  let rest = square;
  for (const side of sides) rest -= factor.forwards(side);
  return { logDeterminant: factor.logDeterminant, square: rest };
}

/**
 * {@link withoutMissing} of many: ln det from what is near the diagonal of G, which is right to 0.05 since what is left out
 * counts only by its square; the form by conjugate gradients, which begin as if that were all of G.
 */
export function iteratedMissing(
  missing: Int32Array,
  filter: Float64Array,
  variance: number,
  n: number,
  { square, sides }: SolvedSteps,
  inverse: FourierInverse,
): Form {
  const m = missing.length;
  const factor = factorOfPrecision(missing, filter, variance, n, REACH);
  let rest = square;
  const degrees = sides.length * (n - m);
  for (let pair = 0; pair < sides.length; pair += 2) {
    const residuals = sides.slice(pair, pair + 2);
    const [near, direction, product] = [0, 1, 2].map((which) =>
      residuals.map((_, axis) => scratch(19 + 2 * which + axis, m)),
    );
    // sᵀG⁻¹s, were G what is near its diagonal.
    const gains = residuals.map((residual, axis) => {
      near[axis].set(residual.subarray(0, m));
      return factor.solve(near[axis]);
    });
    direction.forEach((to, axis) => {
      to.set(near[axis].subarray(0, m));
    });
    const total = () => gains.reduce((sum, gain) => sum + gain, 0);
    for (let i = 0; i < MOST_ITERATIONS && total() * degrees > TOLERANCE * rest; i++) {
      precisionTimes(inverse, missing, direction, n, product);
      residuals.forEach((residual, axis) => {
        const gain = gains[axis];
        if (gain <= 0) return;
        let curvature = 0;
        for (let k = 0; k < m; k++) curvature += direction[axis][k] * product[axis][k];
        const step = gain / curvature;
        rest -= step * gain;
        for (let k = 0; k < m; k++) residual[k] -= step * product[axis][k];
        near[axis].set(residual.subarray(0, m));
        gains[axis] = factor.solve(near[axis]);
        const share = gains[axis] / gain;
        for (let k = 0; k < m; k++) {
          direction[axis][k] = near[axis][k] + share * direction[axis][k];
        }
      });
    }
    rest -= total();
  }
  return { logDeterminant: factor.logDeterminant, square: rest };
}

/** G = CCᵀ, C triangular. */
interface Factor {
  /** ln det G. */
  readonly logDeterminant: number;
  /** Makes s into z with Cz = s, and gives |z|² = sᵀG⁻¹s. */
  readonly forwards: (side: Float64Array) => number;
  /** Makes s into G⁻¹s, and gives sᵀG⁻¹s. */
  readonly solve: (side: Float64Array) => number;
}

/** The factor of the precision of missing places, of which are taken no farther than `reach` frames from each other. */
function factorOfPrecision(
  missing: Int32Array,
  filter: Float64Array,
  variance: number,
  n: number,
  reach: number,
): Factor {
  const m = missing.length;
  const precision = scratch(1, (m + TOGETHER - 1) * m);
  const begins = beginsOf(missing, reach);
  for (let i = 0; i < m && reach < n; i++) precision.fill(0, i * m + begins[i], i * m + i);
  precisionOfMissing(precision, missing, filter, variance, n, reach);
  const logDeterminant = factorize(precision, begins, m);
  const forwards = (side: Float64Array): number => {
    let square = 0;
    for (let i = 0; i < m; i++) {
      const row = i * m;
      let sum = side[i];
      for (let k = begins[i]; k < i; k++) sum -= precision[row + k] * side[k];
      side[i] = sum / precision[row + i];
      square += side[i] * side[i];
    }
    return square;
  };
  return {
    logDeterminant,
    forwards,
    solve(side) {
      const square = forwards(side);
      for (let i = m - 1; i >= 0; i--) {
        const row = i * m;
        const value = side[i] / precision[row + i];
        side[i] = value;
        for (let k = begins[i]; k < i; k++) side[k] -= precision[row + k] * value;
      }
      return square;
    },
  };
}

/** First column of each row of the factor that is not 0, the same of rows that are made together. */
function beginsOf(missing: Int32Array, reach: number): Int32Array {
  const begins = new Int32Array(missing.length);
  for (let i = 0, first = 0; i < missing.length; i++) {
    if (i % TOGETHER === 0) while (missing[i] - missing[first] > reach) first++;
    begins[i] = first;
  }
  return begins;
}

/**
 * The precision G of the missing places given those that are there: lower triangle, of the steps' covariance M by its last
 * predictor. A place p is between the steps p − 1 and p, so that G[p, q] is a second difference of M⁻¹. Along a diagonal
 * M⁻¹ grows by products of the predictor's weights (Trench 1964), its second differences by products of their differences,
 * and it is the same from both ends: O(n²/4) for n steps, and no more room than a row.
 *
 * @param precision where it is written, m × m for m missing places.
 * @param missing their frames, ascending.
 * @param reach places that are farther from each other are left out.
 */
function precisionOfMissing(
  precision: Float64Array,
  missing: Int32Array,
  filter: Float64Array,
  variance: number,
  n: number,
  reach: number,
): void {
  const m = missing.length;
  const forward = scratch(2, n + 1);
  const backward = scratch(3, n + 1);
  forward[0] = -1;
  backward[0] = 0;
  for (let p = 1; p < n; p++) {
    forward[p] = filter[p - 1] - filter[p];
    backward[p] = (p === 1 ? 0 : filter[n - p + 1]) - filter[n - p];
  }
  const row = scratch(4, n + 1).fill(0, 0, n + 1);
  const places = scratch(5, n + 1).fill(-1, 0, n + 1);
  for (let i = 0; i < m; i++) places[missing[i]] = i;
  const asked = (p: number): boolean => places[p] >= 0 || (p > 0 && places[n - p] >= 0);
  for (let p = 0; 2 * p <= n; p++) {
    if (!asked(p) && 2 * (p + 1) <= n) {
      // Nobody asks for this row: it is made together with the next one.
      twoRows(row, forward, backward, p, Math.min(n - 2 * (p + 1), reach));
      p++;
    } else {
      const first = forward[p];
      const back = backward[p];
      const last = Math.min(n - p, n - 1, p + reach);
      for (let d = 0, q = p; q <= last; d++, q++) {
        row[d] += first * forward[q] - back * backward[q];
      }
    }
    const last = Math.min(n - p, n - 1, p + reach);
    const here = places[p];
    if (here >= 0) {
      for (let i = here; i < m && missing[i] <= last; i++) {
        precision[i * m + here] = row[missing[i] - p] / variance;
      }
    }
    const there = p > 0 ? places[n - p] : -1;
    if (there >= 0) {
      const least = Math.max(p + 1, n - p - reach);
      for (let i = there; i >= 0 && missing[i] >= least; i--) {
        precision[there * m + i] = row[n - p - missing[i]] / variance;
      }
    }
  }
}

/** Adds what the rows p and p + 1 do to the diagonals 0 to `last`. */
function twoRows(
  row: Float64Array,
  forward: Float64Array,
  backward: Float64Array,
  p: number,
  last: number,
): void {
  let f0 = forward[p];
  let b0 = backward[p];
  const [first, back, second, backSecond] = [f0, b0, forward[p + 1], backward[p + 1]];
  for (let d = 0; d <= last; d++) {
    const f1 = forward[p + d + 1];
    const b1 = backward[p + d + 1];
    row[d] += first * f0 - back * b0 + second * f1 - backSecond * b1;
    f0 = f1;
    b0 = b1;
  }
}

/** Rows of the factor that are made together. */
const TOGETHER = 4;

/**
 * Factors G in its place.
 *
 * @param precision lower triangle of G, m × m, and behind it room for three more rows.
 * @param begins first column of each row.
 * @returns ln det G.
 */
function factorize(precision: Float64Array, begins: Int32Array, m: number): number {
  let logDeterminant = 0;
  for (let i = 0; i < m; i += TOGETHER) {
    const begin = begins[i];
    const r0 = i * m;
    const r1 = r0 + m;
    const r2 = r1 + m;
    const r3 = r2 + m;
    // Left of the block on the diagonal, all four rows with one look at each row above.
    for (let j = begin; j < i; j++) {
      const other = j * m;
      let s0 = precision[r0 + j];
      let s1 = precision[r1 + j];
      let s2 = precision[r2 + j];
      let s3 = precision[r3 + j];
      for (let k = Math.max(begin, begins[j]); k < j; k++) {
        const value = precision[other + k];
        s0 -= precision[r0 + k] * value;
        s1 -= precision[r1 + k] * value;
        s2 -= precision[r2 + k] * value;
        s3 -= precision[r3 + k] * value;
      }
      const root = precision[other + j];
      precision[r0 + j] = s0 / root;
      precision[r1 + j] = s1 / root;
      precision[r2 + j] = s2 / root;
      precision[r3 + j] = s3 / root;
    }
    for (let r = i; r < Math.min(i + TOGETHER, m); r++) {
      const row = r * m;
      for (let j = i; j <= r; j++) {
        const other = j * m;
        let sum = precision[row + j];
        for (let k = begin; k < j; k++) sum -= precision[row + k] * precision[other + k];
        precision[row + j] = j === r ? Math.sqrt(sum) : sum / precision[other + j];
      }
      logDeterminant += 2 * Math.log(precision[row + r]);
    }
  }
  return logDeterminant;
}
