import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { derived, type TrackContext } from '../context.ts';

/**
 * Gaussian likelihood of a track's steps under fractional Brownian motion with localisation noise. Steps over one frame
 * have the variance s per axis, of which the noise is the share u: 2K·dt^α = s(1 − u), 2σ² = s·u.
 */
export type FractionalLikelihood = (
  alpha: number,
  share: number,
) => {
  /** Best s. */
  readonly scale: number;
  /** −ln of the likelihood there, less a constant. */
  readonly cost: number;
};

/** The likelihood of a track, exact. O(N²) for one evaluation; O(N³) on a track with gaps. */
export const fractionalLikelihood = derived(
  (context): FractionalLikelihood =>
    context.frames ? gapped(context, context.frames) : uniform(context),
);

/** What a share so negative gives that steps cannot have such a covariance. */
const IMPOSSIBLE = { scale: Number.NaN, cost: Number.POSITIVE_INFINITY };

/** Powers of lags below this are computed once. */
const TABLE = 1 << 16;

/** Durbin–Levinson recursion: each step is predicted from those before it, and the prediction errors are independent. */
function uniform({ axes, length, dim }: TrackContext): FractionalLikelihood {
  const n = length - 1;
  // Always three axes, those that are not there at rest: one loop for every dimension costs nothing more.
  const [x, y, z] = [0, 1, 2].map((a) =>
    Float64Array.from({ length: n }, (_, i) => (a < dim ? axes[a][i + 1] - axes[a][i] : 0)),
  );
  const correlation = new Float64Array(n + 1);
  const powers = new Float64Array(n + 2);
  const weights = new Float64Array(n);
  const count = n * dim;
  return (alpha, share) => {
    for (let k = 1; k <= n + 1; k++) powers[k] = k ** alpha;
    correlation[0] = 1;
    for (let k = 1; k <= n; k++) {
      correlation[k] = ((1 - share) * (powers[k + 1] + powers[k - 1] - 2 * powers[k])) / 2;
    }
    correlation[1] -= share / 2;
    let variance = 1;
    let logDeterminant = 0;
    let square = x[0] * x[0] + y[0] * y[0] + z[0] * z[0];
    let numerator = correlation[1];
    for (let t = 1; t < n; t++) {
      const partial = numerator / variance;
      for (let i = 0, j = t - 2; i <= j; i++, j--) {
        const first = weights[i];
        const last = weights[j];
        weights[i] = first - partial * last;
        weights[j] = last - partial * first;
      }
      weights[t - 1] = partial;
      variance *= 1 - partial * partial;
      if (!(variance > 0)) return IMPOSSIBLE;
      logDeterminant += Math.log(variance);
      // Errors of this prediction, and what the next partial correlation begins with.
      let ex = x[t];
      let ey = y[t];
      let ez = z[t];
      numerator = correlation[t + 1];
      for (let j = 0; j < t; j++) {
        const w = weights[j];
        const i = t - 1 - j;
        ex -= w * x[i];
        ey -= w * y[i];
        ez -= w * z[i];
        numerator -= w * correlation[i + 1];
      }
      square += (ex * ex + ey * ey + ez * ez) / variance;
    }
    const scale = square / count;
    return { scale, cost: (count * Math.log(scale) + dim * logDeterminant) / 2 };
  };
}

/** Cholesky factor of the covariance of the displacements between the points that are there. */
function gapped(
  { axes, length, dim, span }: TrackContext,
  frames: Int32Array,
): FractionalLikelihood {
  const n = length - 1;
  const steps = new Matrix(n, dim);
  for (let i = 0; i < n; i++) {
    for (let a = 0; a < dim; a++) steps.set(i, a, axes[a][i + 1] - axes[a][i]);
  }
  const covariance = new Matrix(n, n);
  return (alpha, share) => {
    const power = (k: number): number => (k === 0 ? 0 : (1 - share) * k ** alpha + share);
    const table = Float64Array.from({ length: Math.min(span, TABLE) }, (_, k) => power(k));
    const v = (k: number): number => {
      const lag = k < 0 ? -k : k;
      return lag < TABLE ? table[lag] : power(lag);
    };
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        const c =
          (v(frames[i + 1] - frames[j]) +
            v(frames[i] - frames[j + 1]) -
            v(frames[i] - frames[j]) -
            v(frames[i + 1] - frames[j + 1])) /
          2;
        covariance.set(i, j, c);
        covariance.set(j, i, c);
      }
    }
    const decomposition = new CholeskyDecomposition(covariance);
    if (!decomposition.isPositiveDefinite()) return IMPOSSIBLE;
    const factor = decomposition.lowerTriangularMatrix;
    let square = 0;
    let logDeterminant = 0;
    const white = new Float64Array(n);
    for (let i = 0; i < n; i++) logDeterminant += 2 * Math.log(factor.get(i, i));
    for (let a = 0; a < dim; a++) {
      for (let i = 0; i < n; i++) {
        let rest = steps.get(i, a);
        for (let j = 0; j < i; j++) rest -= factor.get(i, j) * white[j];
        white[i] = rest / factor.get(i, i);
        square += white[i] * white[i];
      }
    }
    const scale = square / (n * dim);
    return { scale, cost: (n * dim * Math.log(scale) + dim * logDeterminant) / 2 };
  };
}
