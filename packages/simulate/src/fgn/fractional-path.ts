import { cosTurns, type Random, sinTurns } from '@diffusion/random';
import { averagedFgnCovariance, fgnCovariance } from './covariance.ts';
import { type Fourier, makeFourier, transform } from './fourier.ts';
import { tableCache } from './table-cache.ts';

/** Everything that sampling n increments needs besides α. */
interface Plan {
  /** Half the circulant's size: the smallest power of two ≥ n. */
  readonly half: number;
  readonly whole: Fourier;
  readonly packed: Fourier;
  /** Place j of the whole transform has the eigenvalue `fold[j]`: bit reversal, then the symmetry k ↔ 2·half − k. */
  readonly fold: Uint32Array;
  /** cos and sin of 2πk / (2·half), k = 0 … half/2, for packing a real transform. */
  readonly packing: Float64Array;
  readonly z: Float64Array;
  readonly normals: Float64Array;
}

const ROOT_HALF = Math.sqrt(0.5);
const plans = new Map<number, Plan>();
/** Plans up to this size are kept: together less than 10 MB. */
const LARGEST_KEPT_PLAN = 1 << 15;
/** Eigenvalues kept: 2²⁰ doubles, 8 MB. */
const amplitudes = tableCache(1 << 20);

function planFor(steps: number): Plan {
  let half = 1;
  while (half < steps) half *= 2;
  const kept = plans.get(half);
  if (kept) return kept;
  const size = 2 * half;
  const whole = makeFourier(size);
  const fold = new Uint32Array(size);
  for (let j = 0; j < size; j++) fold[j] = Math.min(whole.order[j], size - whole.order[j]);
  const packing = new Float64Array(half + 2);
  for (let k = 0; 2 * k <= half; k++) {
    packing[2 * k] = cosTurns(k / size);
    packing[2 * k + 1] = sinTurns(k / size);
  }
  const plan: Plan = {
    half,
    whole,
    packed: makeFourier(half),
    fold,
    packing,
    z: new Float64Array(2 * size),
    normals: new Float64Array(size),
  };
  if (half <= LARGEST_KEPT_PLAN) plans.set(half, plan);
  return plan;
}

/** √(λₖ / 2·half), k = 0 … half: λ are the eigenvalues of the circulant with row γ(0) … γ(half) … γ(1). */
function amplitudesFor(alpha: number, exposure: number, plan: Plan): Float64Array {
  return amplitudes.get(`${plan.half} ${alpha} ${exposure}`, () => {
    const { half, whole, z } = plan;
    const gamma =
      exposure === 0
        ? fgnCovariance(alpha, half + 1)
        : averagedFgnCovariance(alpha, exposure, half + 1);
    for (let j = 0; j < 2 * half; j++) {
      z[2 * j] = gamma[plan.fold[j]];
      z[2 * j + 1] = 0;
    }
    transform(whole, z);
    const roots = new Float64Array(half + 1);
    // No eigenvalue is negative for 0 < H < 1 (Craigmile 2003; Dietrich & Newsam 1997): what is, is rounding of zero. A
    // test looks whether that holds for mean places, too.
    for (let k = 0; k <= half; k++) roots[k] = Math.sqrt(Math.max(0, z[2 * k]) / (2 * half));
    return roots;
  });
}

/**
 * Adds up fractional Gaussian noise to paths: coordinate d of point i is written to out[i·dim + d], beginning
 * with 0, and its increments are `scale` times unit fractional Gaussian noise of exponent α = 2H, exact for
 * every 0 < α < 2. Coordinates are independent. O(n log n) by circulant embedding (Davies & Harte 1987;
 * Dietrich & Newsam 1997), with the middle element γ(n) in its place. Real and imaginary part of one complex
 * transform are two coordinates of the same path; a coordinate left over takes a real transform. With an `exposure` above
 * 0, a fraction of the unit step, every place is the mean of the path over it, exactly, but for where the path begins.
 */
export function fractionalPath(
  random: Random,
  out: Float64Array,
  points: number,
  dim: number,
  alpha: number,
  scale: number,
  exposure = 0,
): void {
  const plan = planFor(Math.max(1, points - 1));
  let d = 0;
  if (dim > 1) {
    pair(random, out, points, dim, plan, foldedAmplitudesFor(alpha, exposure, plan), scale);
    d = 2;
  }
  if (d < dim) {
    single(random, out, points, dim, d, plan, amplitudesFor(alpha, exposure, plan), scale);
  }
}

/** The same in the order in which the whole transform reads them. */
function foldedAmplitudesFor(alpha: number, exposure: number, plan: Plan): Float64Array {
  return amplitudes.get(`folded ${plan.half} ${alpha} ${exposure}`, () => {
    const roots = amplitudesFor(alpha, exposure, plan);
    const folded = new Float64Array(plan.fold.length);
    for (let j = 0; j < folded.length; j++) folded[j] = roots[plan.fold[j]];
    return folded;
  });
}

/** Coordinates 0 and 1. */
function pair(
  random: Random,
  out: Float64Array,
  points: number,
  dim: number,
  plan: Plan,
  folded: Float64Array,
  scale: number,
): void {
  const { z, whole } = plan;
  random.fillNormal(z);
  for (let j = 0; j < folded.length; j++) {
    const amplitude = folded[j];
    z[2 * j] *= amplitude;
    z[2 * j + 1] *= amplitude;
  }
  transform(whole, z, true);
  let x = 0;
  let y = 0;
  for (let i = 0, at = 0; i < points; i++, at += dim) {
    out[at] = x;
    out[at + 1] = y;
    x += scale * z[2 * i];
    y += scale * z[2 * i + 1];
  }
}

/** Coordinate d alone. */
function single(
  random: Random,
  out: Float64Array,
  points: number,
  dim: number,
  d: number,
  plan: Plan,
  roots: Float64Array,
  scale: number,
): void {
  const { half, packed, packing, normals, z } = plan;
  const { order } = packed;
  random.fillNormal(normals);
  // X₀ and X_half are real; the others have independent real and imaginary parts of half the variance.
  const first = roots[0] * normals[0];
  const middle = roots[half] * normals[1];
  z[0] = first + middle;
  z[1] = first - middle;
  for (let k = 1; 2 * k <= half; k++) {
    const mirror = half - k;
    const a = roots[k] * ROOT_HALF;
    const b = roots[mirror] * ROOT_HALF;
    const re = a * normals[2 * k];
    const im = a * normals[2 * k + 1];
    const mirrorRe = b * normals[2 * mirror];
    const mirrorIm = b * normals[2 * mirror + 1];
    const sumRe = re + mirrorRe;
    const sumIm = im - mirrorIm;
    const difRe = re - mirrorRe;
    const difIm = im + mirrorIm;
    const cos = packing[2 * k];
    const sin = packing[2 * k + 1];
    const turnedRe = difRe * cos - difIm * sin;
    const turnedIm = difRe * sin + difIm * cos;
    const to = 2 * order[k];
    const from = 2 * order[mirror];
    z[to] = sumRe - turnedIm;
    z[to + 1] = sumIm + turnedRe;
    z[from] = sumRe + turnedIm;
    z[from + 1] = turnedRe - sumIm;
  }
  transform(packed, z, true);
  let x = 0;
  for (let i = 0, at = d; i < points; i++, at += dim) {
    out[at] = x;
    x += scale * z[i];
  }
}
