import { blurredVariogram, variogramFunction } from '../posterior/blurred-variogram.ts';
import { extendPredictor } from '../posterior/predictor.ts';
import type { TrackSteps } from './track-steps.ts';

/** What a microscope adds to every step. */
export interface Microscope {
  /** Standard deviation of the localisation error per axis. */
  readonly sigma: number;
  /** Exposure as a fraction of the frame. */
  readonly exposure: number;
}

/**
 * Steps of fractional Brownian motion with localisation error, as each of them follows from those before it: the error of
 * predicting a step from the r before it is normal with variance `variance[r]`.
 */
export interface StepLaw {
  readonly alpha: number;
  /** K of ⟨Δx²⟩ = 2 K t^α per coordinate, t in frames. */
  readonly diffusion: number;
  /** Most steps that a prediction looks back. */
  readonly order: number;
  /** Partial autocorrelation by order; that of order 0 is not read. */
  readonly partial: Float64Array;
  readonly variance: Float64Array;
  /** ln(2π·variance). */
  readonly logVariance: Float64Array;
  /** Variance of a displacement over so many frames. */
  readonly over: (lag: number) => number;
}

/** The law of steps with these parameters, by the Durbin–Levinson recursion. */
export function stepLaw(
  alpha: number,
  diffusion: number,
  { sigma, exposure }: Microscope,
  order: number,
): StepLaw {
  const variogram = blurredVariogram(alpha, exposure, order + 1);
  const noise = sigma * sigma;
  const covariance = new Float64Array(order + 1);
  covariance[0] = 2 * diffusion * variogram[1] + 2 * noise;
  for (let k = 1; k <= order; k++) {
    covariance[k] = diffusion * (variogram[k + 1] - 2 * variogram[k] + variogram[k - 1]);
  }
  if (order > 0) covariance[1] -= noise;
  const filter = new Float64Array(order + 1);
  filter[0] = 1;
  const partial = new Float64Array(order + 1);
  const variance = new Float64Array(order + 1);
  variance[0] = covariance[0];
  for (let r = 1; r <= order; r++) {
    variance[r] = extendPredictor(filter, covariance, r, variance[r - 1]);
    partial[r] = -filter[r];
  }
  const psi = variogramFunction(variogram, alpha, exposure);
  return {
    alpha,
    diffusion,
    order,
    partial,
    variance,
    logVariance: variance.map((v) => Math.log(2 * Math.PI * v)),
    over: (lag) => 2 * diffusion * psi(lag) + 2 * noise,
  };
}

/**
 * ln of the density of each step given the r before it, r = 0 … `order`, at `out[t × (order + 1) + r]`; where fewer stand
 * before it without a gap, given those. The errors of all orders come from one lattice: the error forward and the one
 * backward of order r are those of order r − 1, each less its share of the other.
 */
export function stepDensities(steps: TrackSteps, law: StepLaw, out: Float64Array): void {
  const { order, partial, variance, logVariance } = law;
  const { axes, before, lags, count, dim } = steps;
  const width = order + 1;
  const backward = new Float64Array(width * dim);
  const half = -0.5 * dim;
  for (let t = 0; t < count; t++) {
    const at = t * width;
    if (lags[t] > 1) {
      out.fill(gapDensity(steps, law, t), at, at + width);
      continue;
    }
    const depth = Math.min(before[t], order);
    for (let r = 0; r <= depth; r++) out[at + r] = 0;
    for (let a = 0; a < dim; a++) {
      let forward = axes[a][t];
      const row = a * width;
      let last = backward[row];
      backward[row] = forward;
      out[at] += forward * forward;
      for (let r = 1; r <= depth; r++) {
        const late = last;
        last = backward[row + r];
        backward[row + r] = late - partial[r] * forward;
        forward -= partial[r] * late;
        out[at + r] += forward * forward;
      }
    }
    for (let r = 0; r <= depth; r++) {
      out[at + r] = half * logVariance[r] - out[at + r] / (2 * variance[r]);
    }
    for (let r = depth + 1; r <= order; r++) out[at + r] = out[at + depth];
  }
}

/** ln of the density of the steps `from` … `to` − 1 as a segment by themselves. */
export function segmentDensity(
  steps: TrackSteps,
  from: number,
  to: number,
  law: StepLaw,
  backward: Float64Array,
): number {
  const { order, partial, variance, logVariance } = law;
  const { axes, before, lags, dim } = steps;
  const width = order + 1;
  let sum = 0;
  for (let t = from; t < to; t++) {
    if (lags[t] > 1) {
      sum += gapDensity(steps, law, t);
      continue;
    }
    const depth = Math.min(order, before[t], t - from);
    let square = 0;
    for (let a = 0; a < dim; a++) {
      let forward = axes[a][t];
      const row = a * width;
      let last = backward[row];
      backward[row] = forward;
      for (let r = 1; r <= depth; r++) {
        const late = last;
        last = backward[row + r];
        backward[row + r] = late - partial[r] * forward;
        forward -= partial[r] * late;
      }
      square += forward * forward;
    }
    sum -= 0.5 * (dim * logVariance[depth] + square / variance[depth]);
  }
  return sum;
}

/** ln of the density of a displacement over a gap. */
export function gapDensity({ axes, dim, lags }: TrackSteps, law: StepLaw, t: number): number {
  const variance = law.over(lags[t]);
  let square = 0;
  for (const x of axes) square += x[t] * x[t];
  return -0.5 * (dim * Math.log(2 * Math.PI * variance) + square / variance);
}
