import type { Tracks } from '@diffusion/tracks';
import { checkOptions, checkTracks } from '@diffusion/tracks/messages';
import { contextOf } from '../context.ts';
import { defaultLags, entriesUpTo, lagCurve } from '../derived/lag-curve.ts';
import { FeaturesError } from '../errors.ts';
import { curveOf } from './ensemble-msd.ts';
import { checkLags, type MsdCurve, type MsdOptions } from './time-averaged-msd.ts';

/** Options of {@link msdByClass}. */
export interface MsdByClassOptions extends MsdOptions {
  /** A curve ends where fewer displacements than this are left that do not overlap, 10 when absent. */
  readonly leastDisplacements?: number;
}

/** MSD of a class; lows and highs are the ends of a 95 % band. */
export interface ClassMsd extends MsdCurve {
  /** Of pairs, weighted as the tracks are. */
  readonly pairs: Float64Array;
  readonly lows: Float64Array;
  readonly highs: Float64Array;
}

/** Where fewer tracks than this make a point, their spread alone says little of its error. */
const FEW_TRACKS = 5;
/** So many standard deviations on both sides of a normal number's mean hold 95 %. */
const NORMAL_95 = 1.959964;

/**
 * Mean of the time-averaged MSDs for each of several classes, every track counted with its weight there: the probability of the
 * class, which needs no decision, or 1 and 0. Every pair of points counts alike within a track. Where the probabilities are
 * calibrated, this is the MSD of the class; that of the tracks whose class is certain is not, since certainty goes with the motion.
 *
 * A curve ends before the first lag of which fewer than `leastDisplacements` displacements are left that do not overlap (pairs over
 * the lag), and a class without so many at lag 1 has an empty one. The standard error is that of a ratio of sums over independent
 * tracks; below five effective ones it is at least that of independent displacements in Brownian motion, m(k)·√(2k/(d·pairs)).
 * Bands are of the logarithm: m·exp(±1.96·error/m).
 *
 * Throws {@link FeaturesError} unless there is a weight of at least 0 per track and class, for `lags` that are not an integer of at
 * least 1, and for a `leastDisplacements` that is not positive.
 *
 * @param weights count × classes, such as the probabilities of a prediction; NaN counts as 0, as of a track that is not judged.
 * @param classes how many there are.
 * @example
 * const [brownian, directed] = msdByClass(tracks, prediction.probabilities, 2, { lags: 30 });
 * console.log(brownian.times, brownian.values, brownian.lows, brownian.highs, brownian.pairs);
 */
export function msdByClass(
  tracks: Tracks,
  weights: ArrayLike<number>,
  classes: number,
  options: MsdByClassOptions = {},
): ClassMsd[] {
  checkOptions<MsdByClassOptions>(
    'msdByClass',
    options,
    { lags: true, leastDisplacements: true },
    FeaturesError,
  );
  checkTracks(tracks, FeaturesError);
  if (weights.length !== tracks.count * classes) {
    throw new FeaturesError(
      `weights has ${weights.length} numbers: expected one per track and class, ${tracks.count * classes}`,
    );
  }
  const { leastDisplacements: least = 10 } = options;
  if (!(least > 0)) {
    throw new FeaturesError(`leastDisplacements is ${least}: expected a positive number`);
  }
  const contexts = Array.from(tracks, contextOf);
  const last = checkLags(
    options.lags ?? contexts.reduce((most, context) => Math.max(most, defaultLags(context)), 1),
  );
  const sums = Array.from({ length: classes }, () => new Map<number, Sums>());
  for (const [row, context] of contexts.entries()) {
    const own = Array.from({ length: classes }, (_, k) => weightAt(weights, row * classes + k));
    if (!own.some((weight) => weight > 0)) continue;
    const curve = lagCurve(context, last);
    const count = entriesUpTo(curve, last);
    for (let i = 0; i < count; i++) {
      const [lag, value, pairs] = [curve.lags[i], curve.values[i], curve.pairs[i]];
      own.forEach((weight, k) => {
        if (weight > 0) add(sums[k], lag, value, weight * pairs);
      });
    }
  }
  return sums.map((byLag) => {
    const points = [...byLag]
      .sort(([a], [b]) => a - b)
      .map(([lag, sum]) => pointOf(lag, sum, tracks.dim));
    const end = points.findIndex(({ lag, pairs }) => pairs / lag < least);
    const kept = end < 0 ? points : points.slice(0, end);
    const ratio = ({ value, standardError }: (typeof kept)[number]) =>
      value > 0 ? Math.exp((NORMAL_95 * standardError) / value) : 1;
    return {
      ...curveOf(tracks.dt, kept),
      lows: Float64Array.from(kept, (point) => point.value / ratio(point)),
      highs: Float64Array.from(kept, (point) => point.value * ratio(point)),
    };
  });
}

/** Sums over tracks of w, w², w·v, w²·v and w²·v², w the weight and v the MSD of a track. */
interface Sums {
  w: number;
  ww: number;
  wv: number;
  wwv: number;
  wwvv: number;
}

function weightAt(weights: ArrayLike<number>, at: number): number {
  const weight = weights[at];
  if (Number.isNaN(weight)) return 0;
  if (!(weight >= 0 && weight < Infinity)) {
    throw new FeaturesError(`weights[${at}] is ${weight}: expected a number of at least 0, or NaN`);
  }
  return weight;
}

function add(byLag: Map<number, Sums>, lag: number, v: number, w: number): void {
  let sum = byLag.get(lag);
  if (!sum) {
    sum = { w: 0, ww: 0, wv: 0, wwv: 0, wwvv: 0 };
    byLag.set(lag, sum);
  }
  sum.w += w;
  sum.ww += w * w;
  sum.wv += w * v;
  sum.wwv += w * w * v;
  sum.wwvv += w * w * v * v;
}

function pointOf(lag: number, { w, ww, wv, wwv, wwvv }: Sums, dim: number) {
  const value = wv / w;
  const n = (w * w) / ww;
  const spread = Math.max(0, wwvv - 2 * value * wwv + value * value * ww);
  const between = n > 1 + 1e-9 ? Math.sqrt((spread * n) / (n - 1)) / w : 0;
  const brownian = value * Math.sqrt((2 * lag) / (dim * w));
  return {
    lag,
    value,
    pairs: w,
    standardError: n < FEW_TRACKS ? Math.max(between, brownian) : between,
  };
}
