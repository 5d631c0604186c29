import { Matrix } from 'ml-matrix';
import type { TrackContext } from '../context.ts';
import type { Variogram } from './variogram.ts';

/**
 * Covariance of the time-averaged mean squared displacements of one track at the given lags, for stationary Gaussian
 * steps: cov(m(k), m(l)) = 2d/(P_k P_l) Σ_{i,j} c², c the covariance per axis of the displacements i → i + k and
 * j → j + l, over the pairs that the track has. O(lags² · N); O(lags² · N²) on a track with gaps.
 */
export function lagCovariance(
  context: TrackContext,
  lags: ArrayLike<number>,
  variogram: Variogram,
): Matrix {
  const starts = context.frames && startsOf(context, context.frames, lags);
  const covariance = new Matrix(lags.length, lags.length);
  const squares = new Float64Array(2 * context.span + 1);
  for (let p = 0; p < lags.length; p++) {
    for (let q = 0; q <= p; q++) {
      const value = starts
        ? betweenStarts(starts[p], starts[q], lags[p], lags[q], variogram, squares, context.span)
        : betweenLags(context.length, lags[p], lags[q], variogram);
      covariance.set(p, q, 2 * context.dim * value);
      covariance.set(q, p, 2 * context.dim * value);
    }
  }
  return covariance;
}

/** Covariance per axis of the displacements over k frames from 0 and over l frames from s. */
function displacementCovariance(v: Variogram, k: number, l: number, s: number): number {
  return (v[Math.abs(s + l)] + v[Math.abs(s - k)] - v[Math.abs(s)] - v[Math.abs(s + l - k)]) / 2;
}

/** Mean of c² over all pairs of pairs of a track without gaps; those a distance s apart are counted, not visited. */
function betweenLags(length: number, k: number, l: number, v: Variogram): number {
  const pairsK = length - k;
  const pairsL = length - l;
  let sum = 0;
  for (let s = 1 - pairsK; s < pairsL; s++) {
    const count = Math.min(pairsK, pairsL - s) - Math.max(0, -s);
    const c = displacementCovariance(v, k, l, s);
    sum += count * c * c;
  }
  return sum / (pairsK * pairsL);
}

function betweenStarts(
  startsK: Int32Array,
  startsL: Int32Array,
  k: number,
  l: number,
  v: Variogram,
  squares: Float64Array,
  span: number,
): number {
  for (let s = k - span; s < span - l; s++) {
    squares[s + span] = displacementCovariance(v, k, l, s) ** 2;
  }
  let sum = 0;
  for (let i = 0; i < startsK.length; i++) {
    const from = span - startsK[i];
    for (let j = 0; j < startsL.length; j++) sum += squares[startsL[j] + from];
  }
  return sum / (startsK.length * startsL.length);
}

/** For each lag, the frames that have a point of the track and another one that many frames later. */
export function startsOf(
  { length }: TrackContext,
  frames: Int32Array,
  lags: ArrayLike<number>,
): Int32Array[] {
  return Array.from(lags, (lag) => {
    const starts: number[] = [];
    for (let i = 0, j = 0; i < length; i++) {
      while (j < length && frames[j] < frames[i] + lag) j++;
      if (j < length && frames[j] === frames[i] + lag) starts.push(frames[i]);
    }
    return Int32Array.from(starts);
  });
}
