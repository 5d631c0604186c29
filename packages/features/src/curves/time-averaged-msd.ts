import type { Track } from '@diffusion/tracks';
import { checkOptions } from '@diffusion/tracks/messages';
import { contextOf, type TrackContext } from '../context.ts';
import { defaultLags, entriesUpTo, lagCurve } from '../derived/lag-curve.ts';
import { FeaturesError } from '../errors.ts';
import { startsOf } from '../estimators/lag-covariance.ts';

/** Mean squared displacement against the lag. A lag that no pair of points has is absent: it is not a zero. */
export interface MsdCurve {
  /** Lags in frames, rising. */
  readonly lags: Int32Array;
  /** Lags in units of time, k·dt. */
  readonly times: Float64Array;
  /** Mean squared displacements, in squared length. */
  readonly values: Float64Array;
  /** Standard error of each value. */
  readonly standardErrors: Float64Array;
  /** Number of pairs of points that each value is the mean of. */
  readonly pairs: Float64Array;
}

/** What {@link timeAveragedMsd} gives. */
export interface TrackMsd extends MsdCurve {
  /** Number of independent displacements that would make as precise a mean, under Brownian motion. */
  readonly effective: Float64Array;
}

/** Options of the MSD functions. */
export interface MsdOptions {
  /** Lags 1 … lags in frames; default min(N − 1, max(4, ⌊N/10⌋) − 1), N the frames of the longest track. */
  readonly lags?: number;
}

/**
 * Time-averaged MSD of one track: m(k) = ⟨|x_{i+k} − x_i|²⟩ over all overlapping pairs exactly k frames apart. On a
 * track with gaps only such pairs count. Overlapping displacements are correlated; `effective` is the number of
 * independent ones of the same variance (Qian et al. 1991; exact for Brownian motion, on gaps too), and the standard
 * error is m(k)·√(2/(d·effective)). Many lags of a long track go through a Fourier transform, in O(N log N).
 *
 * Throws {@link FeaturesError} when `lags` is not an integer of at least 1. Fewer lags come back when the track is
 * shorter than that.
 *
 * @example
 * const { times, values, standardErrors } = timeAveragedMsd(tracks.at(0), { lags: 10 });
 */
export function timeAveragedMsd(track: Track | TrackContext, options: MsdOptions = {}): TrackMsd {
  checkOptions<MsdOptions>('timeAveragedMsd', options, { lags: true }, FeaturesError);
  const context = contextOf(track);
  const wanted = checkLags(options.lags ?? Math.max(1, defaultLags(context)));
  const curve = lagCurve(context, wanted);
  const count = entriesUpTo(curve, wanted);
  const lags = Int32Array.from({ length: count }, (_, i) => curve.lags[i]);
  const pairs = Float64Array.from({ length: count }, (_, i) => curve.pairs[i]);
  const values = curve.values.slice(0, count);
  const effective = context.frames
    ? effectiveOnGaps(context, context.frames, lags)
    : Float64Array.from(lags, (k) => effectiveNumber(context.length, k));
  return {
    lags,
    times: Float64Array.from(lags, (k) => k * context.dt),
    values,
    pairs,
    effective,
    standardErrors: values.map((value, i) => value * Math.sqrt(2 / (context.dim * effective[i]))),
  };
}

/** Throws {@link FeaturesError} unless `lags` is an integer of at least 1. */
export function checkLags(lags: number): number {
  if (!(Number.isInteger(lags) && lags >= 1)) {
    throw new FeaturesError(`lags is ${lags}: expected an integer of at least 1`);
  }
  return lags;
}

/**
 * Effective number of independent displacements over k frames among the N − k overlapping ones of a track of N points
 * under Brownian motion: P²k² / Σ overlap² over all pairs of them (Qian et al. 1991).
 */
export function effectiveNumber(points: number, k: number): number {
  const pairs = points - k;
  // Displacements that begin s apart share k − s frames; (pairs − s) of them do, twice but for s = 0.
  const m = Math.min(k, pairs) - 1;
  const s1 = (m * (m + 1)) / 2;
  const s2 = (m * (m + 1) * (2 * m + 1)) / 6;
  const s3 = s1 * s1;
  const shared = pairs * (k * k * m - 2 * k * s1 + s2) - (k * k * s1 - 2 * k * s2 + s3);
  return (pairs * pairs * k * k) / (pairs * k * k + 2 * shared);
}

/** The same for the displacements that a track with gaps has. O(points · k) per lag. */
function effectiveOnGaps(
  context: TrackContext,
  frames: Int32Array,
  lags: Int32Array,
): Float64Array {
  const starts = startsOf(context, frames, lags);
  return Float64Array.from(lags, (k, l) => {
    const at = starts[l];
    let shared = 0;
    for (let i = 0; i < at.length; i++) {
      for (let j = i + 1; j < at.length && at[j] < at[i] + k; j++) {
        shared += (k - at[j] + at[i]) ** 2;
      }
    }
    return (at.length * at.length * k * k) / (at.length * k * k + 2 * shared);
  });
}
