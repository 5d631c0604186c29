import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/**
 * Mean squared difference per coordinate, over D, of two mean places k frames apart of fractional Brownian motion, ⟨x²⟩ =
 * 2Dt^α, each the mean over an exposure: 2/e² (G(k + e) + G(|k − e|) − 2G(k) − 2G(e)), G(s) = s^(α+2)/((α+1)(α+2)).
 */
export function variogram(alpha: number, exposure: number, k: number): number {
  if (k === 0) return 0;
  if (exposure === 0) return 2 * k ** alpha;
  const G = (s: number): number => s ** (alpha + 2) / ((alpha + 1) * (alpha + 2));
  const e = exposure;
  return (2 / (e * e)) * (G(k + e) + G(Math.abs(k - e)) - 2 * G(k) - 2 * G(e));
}

/** Independent parts of what a track is. */
export interface Modes {
  readonly variances: Float64Array;
  /** Writes the amplitudes of a coordinate's places. */
  apply(x: ArrayLike<number>, out: Float64Array): void;
}

/** Eigenvalues, in ascending order, and vectors as rows. */
interface Decomposed {
  readonly variances: Float64Array;
  readonly vectors: readonly Float64Array[];
}

/**
 * The covariance of places less their mean, for D = 1 and without an error, is a sum over modes, each with a variance: what
 * a static error σ adds to every one of them is σ². So the likelihood of every D and σ is a product over the modes.
 *
 * Where the frames have no gap, the modes are even or odd in time, each half as long.
 *
 * @param frames of the points, ascending.
 * @returns `variances` of the N − 1 modes, those even in time first, and `apply(x)`, which writes their amplitudes of a
 *   coordinate's N places.
 */
export function modesOf(alpha: number, exposure: number, frames: ArrayLike<number>): Modes {
  const n = frames.length;
  const span = frames[n - 1] - frames[0];
  const table = Float64Array.from({ length: span + 1 }, (_, k) => variogram(alpha, exposure, k));
  const covariance = Array.from({ length: n }, (_, i) =>
    Float64Array.from({ length: n }, (_, j) => -table[Math.abs(frames[i] - frames[j])] / 2),
  );
  centre(covariance);
  if (span !== n - 1) {
    const { variances, vectors } = decomposed(covariance);
    return modes([{ variances: variances.slice(1), vectors: vectors.slice(1), sign: 0 }], n);
  }
  const half = n >> 1;
  const even = folded(covariance, n, 1);
  const odd = folded(covariance, n, -1);
  const symmetric = decomposed(even);
  const parts: (Decomposed & { sign: number })[] = [
    { variances: symmetric.variances.slice(1), vectors: symmetric.vectors.slice(1), sign: 1 },
  ];
  if (half > 0) parts.push({ ...decomposed(odd), sign: -1 });
  return modes(parts, n);
}

/** Takes the mean off rows and columns: what is left is the covariance of places less their mean. */
function centre(matrix: readonly Float64Array[]): void {
  const n = matrix.length;
  const means = matrix.map((row) => row.reduce((a, b) => a + b, 0) / n);
  const mean = means.reduce((a, b) => a + b, 0) / n;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) matrix[i][j] += mean - means[i] - means[j];
  }
}

/** The block of a matrix that is the same read backwards, for what is even (sign 1) or odd (−1) in time. */
function folded(matrix: readonly Float64Array[], n: number, sign: number): Float64Array[] {
  const half = n >> 1;
  const size = sign > 0 ? n - half : half;
  const block = Array.from({ length: size }, () => new Float64Array(size));
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const [a, b] = [i, j].map((k) => (k === half ? Math.SQRT1_2 : 1));
      block[i][j] = a * b * (matrix[i][j] + sign * matrix[i][n - 1 - j]);
    }
  }
  return block;
}

/** Eigenvalues in ascending order, and their vectors as rows. The first of a centred matrix is 0, with the mean. */
function decomposed(matrix: readonly Float64Array[]): Decomposed {
  const n = matrix.length;
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(
    new Matrix(matrix.map((row) => Array.from(row))),
    {
      assumeSymmetric: true,
    },
  );
  const order = [...realEigenvalues.keys()].sort((a, b) => realEigenvalues[a] - realEigenvalues[b]);
  return {
    variances: Float64Array.from(order, (k) => Math.max(0, realEigenvalues[k])),
    vectors: order.map((k) =>
      Float64Array.from({ length: n }, (_, i) => eigenvectorMatrix.get(i, k)),
    ),
  };
}

function modes(parts: readonly (Decomposed & { readonly sign: number })[], n: number): Modes {
  const half = n >> 1;
  const variances = Float64Array.from(parts.flatMap((part) => [...part.variances]));
  const foldedPlaces = new Float64Array(n);
  return {
    variances,
    apply(x, out) {
      let at = 0;
      for (const { vectors, sign } of parts) {
        let size = n;
        if (sign === 0) foldedPlaces.set(x);
        else {
          size = sign > 0 ? n - half : half;
          for (let i = 0; i < half; i++) {
            foldedPlaces[i] = (x[i] + sign * x[n - 1 - i]) * Math.SQRT1_2;
          }
          if (size > half) foldedPlaces[half] = x[half];
        }
        let k = 0;
        for (; k + 1 < vectors.length; k += 2, at += 2) {
          dots(vectors[k], vectors[k + 1], foldedPlaces, size, out, at);
        }
        if (k < vectors.length) {
          dots(vectors[k], vectors[k], foldedPlaces, size, pair, 0);
          out[at++] = pair[0];
        }
      }
    },
  };
}

const pair = new Float64Array(2);

/** The products of two vectors with a third one, each in two sums that do not wait for each other. */
function dots(
  a: Float64Array,
  b: Float64Array,
  x: Float64Array,
  n: number,
  out: Float64Array,
  at: number,
): void {
  let [a0, a1, b0, b1] = [0, 0, 0, 0];
  let i = 0;
  for (; i + 1 < n; i += 2) {
    const x0 = x[i];
    const x1 = x[i + 1];
    a0 += a[i] * x0;
    a1 += a[i + 1] * x1;
    b0 += b[i] * x0;
    b1 += b[i + 1] * x1;
  }
  if (i < n) {
    a0 += a[i] * x[i];
    b0 += b[i] * x[i];
  }
  out[at] = a0 + a1;
  out[at + 1] = b0 + b1;
}
