import { keyedRandom } from '@diffusion/random';
import type { Tracks } from '@diffusion/tracks';

// Looked up once: in a Jest context every use of a global is slow.
const { max, min } = Math;

/** A statistic with its standard error. */
export interface Estimate {
  readonly value: number;
  readonly se: number;
}

export const LAGS = [1, 2, 4, 8, 16, 32, 64, 128];

/** Per-track numbers of a sample of equally long tracks. */
export interface Sample {
  /** |r(L) − r(0)|² per lag and track. */
  readonly ensemble: Float64Array[];
  /** Time-averaged MSD per lag and track. */
  readonly timeAveraged: Float64Array[];
  /** Σ dxᵢ dxᵢ₊ₖ / number of terms, k = 0 … 5, per track; coordinates pooled. */
  readonly products: Float64Array[];
  /** Fraction of displacements that are zero per track. */
  readonly zeros: Float64Array;
}

export function sampleOf(tracks: Tracks): Sample {
  const { count, dim } = tracks;
  const ensemble = LAGS.map(() => new Float64Array(count));
  const timeAveraged = LAGS.map(() => new Float64Array(count));
  const products = Array.from({ length: 6 }, () => new Float64Array(count));
  const zeros = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const { positions: x, length } = tracks.at(i);
    for (const [l, lag] of LAGS.entries()) {
      let sum = 0;
      for (let at = lag * dim; at < x.length; at++) sum += (x[at] - x[at - lag * dim]) ** 2;
      timeAveraged[l][i] = sum / (length - lag);
      let first = 0;
      for (let d = 0; d < dim; d++) first += (x[lag * dim + d] - x[d]) ** 2;
      ensemble[l][i] = first;
    }
    const dx = new Float64Array(x.length - dim);
    for (let at = 0; at < dx.length; at++) dx[at] = x[at + dim] - x[at];
    for (let k = 0; k <= 5; k++) {
      let sum = 0;
      for (let at = k * dim; at < dx.length; at++) sum += dx[at] * dx[at - k * dim];
      products[k][i] = sum / (dx.length - k * dim);
    }
    let still = 0;
    for (let at = 0; at < dx.length; at += dim) {
      let moved = false;
      for (let d = 0; d < dim; d++) if (dx[at + d] >= 1e-12 || dx[at + d] <= -1e-12) moved = true;
      if (!moved) still++;
    }
    zeros[i] = still / (length - 1);
  }
  return { ensemble, timeAveraged, products, zeros };
}

export function mean(values: Float64Array): Estimate {
  const n = values.length;
  let sum = 0;
  for (const value of values) sum += value;
  const centre = sum / n;
  let square = 0;
  for (const value of values) square += (value - centre) ** 2;
  return { value: centre, se: Math.sqrt(square / (n - 1) / n) };
}

/** ⟨a⟩ / ⟨b⟩ with the standard error of the delta method. */
export function ratio(a: Float64Array, b: Float64Array): Estimate {
  const bottom = mean(b).value;
  const value = mean(a).value / bottom;
  const residual = a.map((x, i) => (x - value * b[i]) / bottom);
  return { value, se: mean(residual).se };
}

/** Mean of a/b over the tracks where b is not 0. */
export function meanRatio(a: Float64Array, b: Float64Array): Estimate {
  return mean(a.map((x, i) => x / b[i]).filter((x) => !Number.isNaN(x)));
}

/** Mean of what is left when a tenth is cut off at each end; standard error by 100 bootstrap samples. */
export function trimmedMean(values: Float64Array): Estimate {
  const n = values.length;
  const sorted = values.slice().sort();
  const cut = Math.floor(n / 10);
  let sum = 0;
  for (let i = cut; i < n - cut; i++) sum += sorted[i];
  const random = keyedRandom(n, 1);
  const weights = new Uint16Array(n);
  const replicates = new Float64Array(100);
  for (let b = 0; b < replicates.length; b++) {
    weights.fill(0);
    for (let i = 0; i < n; i++) weights[((random.int32() / 4294967296 + 0.5) * n) | 0]++;
    let seen = 0;
    let total = 0;
    for (let i = 0; i < n; i++) {
      const before = seen;
      seen += weights[i];
      const end = min(seen, n - cut);
      const begin = max(before, cut);
      if (end > begin) total += sorted[i] * (end - begin);
    }
    replicates[b] = total / (n - 2 * cut);
  }
  return { value: sum / (n - 2 * cut), se: mean(replicates).se * Math.sqrt(replicates.length) };
}

/** What was compared, and how many combined standard errors apart it is. */
export interface Comparison {
  readonly what: string;
  readonly z: number;
}

export function compare(what: string, ours: Estimate, theirs: Estimate): Comparison {
  const se = Math.sqrt(ours.se ** 2 + theirs.se ** 2);
  const difference = Math.abs(ours.value - theirs.value);
  return { what, z: difference <= 1e-9 * Math.abs(theirs.value) ? 0 : difference / se };
}

/** Those beyond 4 standard errors, and the share of those beyond 3. */
export function verdict(comparisons: readonly Comparison[]): {
  beyond4: Comparison[];
  share3: number;
} {
  return {
    beyond4: comparisons.filter(({ z }) => !(z <= 4)),
    share3: comparisons.filter(({ z }) => !(z <= 3)).length / comparisons.length,
  };
}
