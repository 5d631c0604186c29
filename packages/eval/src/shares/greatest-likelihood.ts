import { Matrix, solve } from 'ml-matrix';

/** Rows of outcomes, and what is kept of the particles of each class. */
export interface Mixture {
  readonly classes: number;
  /** Rows × classes: how likely the outcome of a row is in a class, up to a factor per row. */
  readonly likelihoods: Float64Array;
  /** Weight of every row. */
  readonly weights: Float64Array;
  /** What a class leaves in the file over what there is of it, up to a common factor: all 1 where nothing is lost. */
  readonly kept: Float64Array;
}

/** What {@link greatestLikelihood} found. */
export interface FoundShares {
  /** Of what is in the file. */
  readonly shares: Float64Array;
  /** Σ w ln Σ share × likelihood. */
  readonly logLikelihood: number;
}

/**
 * A barrier that keeps shares above 0: the logarithm of each, times this. The likelihood that is found is at most as many times
 * this below the greatest one as there are classes.
 */
const BARRIERS = [1, 0.1, 0.01, 0.005];
const STEPS = 40;

/**
 * The shares of greatest likelihood, by Newton's method on a barrier: Σ w ln Σ_k π_k L_k is concave. With `fixed`, those among
 * which class k has the given share *before the losses*, (π_k/t_k) / Σ(π_l/t_l) with what is kept t, which is a plane in π.
 *
 * @param start shares above 0 whose sum is 1.
 * @param isNear whether they are near those that are looked for.
 */
export function greatestLikelihood(
  mixture: Mixture,
  start: Float64Array,
  fixed?: { readonly k: number; readonly share: number },
  isNear = false,
): FoundShares {
  const { classes, kept } = mixture;
  let shares = fixed ? moved(start, kept, fixed.k, fixed.share) : start.slice();
  const plane = Float64Array.from({ length: classes }, (_, l) =>
    fixed ? ((l === fixed.k ? 1 : 0) - fixed.share) / kept[l] : 0,
  );
  const free = Array.from({ length: classes }, (_, l) => l !== fixed?.k);
  if (classes > (fixed ? 2 : 1)) {
    const barriers = isNear ? BARRIERS.slice(-1) : BARRIERS;
    for (const barrier of barriers) shares = climb(mixture, shares, barrier, free, fixed && plane);
  }
  return { shares, logLikelihood: logLikelihood(mixture, shares) };
}

/** The same shares but that class k has the given one before the losses. */
function moved(shares: Float64Array, kept: Float64Array, k: number, share: number): Float64Array {
  const whole = shares.map((value, l) => value / kept[l]);
  const others = whole.reduce((sum, value, l) => sum + (l === k ? 0 : value), 0);
  const next = whole.map(
    (value, l) => kept[l] * (l === k ? share : ((1 - share) * value) / others),
  );
  const sum = next.reduce((a, b) => a + b, 0);
  return next.map((value) => value / sum);
}

function climb(
  mixture: Mixture,
  from: Float64Array,
  barrier: number,
  free: readonly boolean[],
  plane: Float64Array | undefined,
): Float64Array {
  const { classes: K, likelihoods, weights } = mixture;
  const constraints = plane ? 2 : 1;
  const size = K + constraints;
  const value = (shares: Float64Array): number => {
    let sum = logLikelihood(mixture, shares);
    for (let k = 0; k < K; k++) if (free[k]) sum += barrier * Math.log(shares[k]);
    return sum;
  };
  let shares = from;
  let height = value(shares);
  const hessian = new Float64Array(K * K);
  for (let step = 0; step < STEPS; step++) {
    const gradient = new Float64Array(size);
    hessian.fill(0);
    for (let i = 0; i < weights.length; i++) {
      const at = i * K;
      let sum = 0;
      for (let k = 0; k < K; k++) sum += shares[k] * likelihoods[at + k];
      const w = weights[i] / sum;
      const w2 = w / sum;
      for (let k = 0; k < K; k++) {
        const own = likelihoods[at + k];
        gradient[k] += w * own;
        for (let l = 0; l <= k; l++) hessian[k * K + l] += w2 * own * likelihoods[at + l];
      }
    }
    const system = Matrix.zeros(size, size);
    for (let k = 0; k < K; k++) {
      for (let l = 0; l <= k; l++) {
        system.set(k, l, hessian[k * K + l]);
        system.set(l, k, hessian[k * K + l]);
      }
      const held = free[k] ? barrier / shares[k] : 0;
      gradient[k] += held;
      system.set(k, k, system.get(k, k) + (free[k] ? held / shares[k] : 1e-9));
      system.set(k, K, 1);
      system.set(K, k, 1);
      if (plane) {
        system.set(k, K + 1, plane[k]);
        system.set(K + 1, k, plane[k]);
      }
    }
    const move = solve(system, Matrix.columnVector(gradient)).to1DArray();
    let rise = 0;
    let most = 1;
    for (let k = 0; k < K; k++) {
      rise += move[k] * gradient[k];
      if (move[k] < 0) most = Math.min(most, (-0.95 * shares[k]) / move[k]);
    }
    // A rise that says nothing about an interval.
    if (!(rise > 1e-3)) break;
    let taken = most;
    for (; taken > 1e-6; taken /= 2) {
      const next = shares.map((share, k) => share + taken * move[k]);
      const reached = value(next);
      if (reached >= height + 1e-4 * taken * rise) {
        shares = next;
        height = reached;
        break;
      }
    }
    if (taken <= 1e-6) break;
  }
  return shares;
}

function logLikelihood(
  { classes: K, likelihoods, weights }: Mixture,
  shares: Float64Array,
): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    let sum = 0;
    for (let k = 0; k < K; k++) sum += shares[k] * likelihoods[i * K + k];
    total += weights[i] * Math.log(sum);
  }
  return total;
}
