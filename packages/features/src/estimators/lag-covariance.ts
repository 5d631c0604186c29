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
  const { span } = context;
  // The variogram is even: v(−s) = v(s), here at place span + s.
  const even = new Float64Array(2 * span + 1);
  for (let s = -span; s <= span; s++) even[span + s] = variogram[s < 0 ? -s : s];
  const starts = context.frames && startsOf(context, context.frames, lags);
  const squares = new Float64Array(2 * span + 1);
  const covariance = new Matrix(lags.length, lags.length);
  for (let p = 0; p < lags.length; p++) {
    for (let q = 0; q <= p; q++) {
      squaresOf(squares, even, lags[p], lags[q], span);
      const mean = starts
        ? overStarts(squares, starts[p], starts[q], span)
        : overTrack(squares, context.length - lags[p], context.length - lags[q], span);
      covariance.set(p, q, 2 * context.dim * mean);
      covariance.set(q, p, 2 * context.dim * mean);
    }
  }
  return covariance;
}

/** Squared covariance per axis of the displacements over k frames from 0 and over l frames from s, at place span + s. */
function squaresOf(squares: Float64Array, v: Float64Array, k: number, l: number, span: number) {
  for (let s = k - span; s <= span - l; s++) {
    const at = span + s;
    const c = (v[at + l] + v[at - k] - v[at] - v[at + l - k]) / 2;
    squares[at] = c * c;
  }
}

/** Mean over all pairs of displacements of a track without gaps; those that begin s apart are counted, not visited. */
function overTrack(squares: Float64Array, pairsK: number, pairsL: number, span: number): number {
  let sum = 0;
  for (let s = 1 - pairsK; s < pairsL; s++) {
    const end = Math.min(pairsK, pairsL - s);
    sum += (s < 0 ? end + s : end) * squares[span + s];
  }
  return sum / (pairsK * pairsL);
}

/** Mean over the pairs of displacements that a track with gaps has. */
function overStarts(
  squares: Float64Array,
  startsK: Int32Array,
  startsL: Int32Array,
  span: number,
): number {
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
