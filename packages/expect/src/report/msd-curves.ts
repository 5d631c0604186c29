import type { MsdCurve, MsdReport } from '@diffusion/eval';
import { type ClassMsd, msdByClass } from '@diffusion/features';
import type { Tracks } from '@diffusion/tracks';

/** Lags that are drawn at most, evenly on a logarithm, and the longest of all. */
const DRAWN = 40;
const LONGEST = 1000;

/** A class of less than so many tracks has no curve unless it is told otherwise. */
const LEAST_TRACKS = 2;

/**
 * One curve per class: the MSD of its tracks, each counted by its weight there, with the 95 % band and the number of pairs, up to
 * where fewer than ten displacements that do not overlap are left. Undefined where no class has one.
 *
 * @param least tracks that a class must have to have a curve.
 * @param weights count × classes, such as probabilities; NaN and 0 for tracks that take no part.
 *
 * @example
 * const curves = msdCurves(tracks, labelWeights(codes, classes.length), classes);
 */
export function msdCurves(
  tracks: Tracks,
  weights: ArrayLike<number>,
  classes: readonly string[],
  least = Math.min(LEAST_TRACKS, tracks.count),
): MsdReport | undefined {
  const longest = Array.from(tracks).reduce(
    (most, { frames, length }) =>
      Math.max(most, frames ? frames[length - 1] - frames[0] : length - 1),
    0,
  );
  const lags = Math.min(LONGEST, Math.max(1, Math.floor(longest / 2)));
  const curves = msdByClass(tracks, weights, classes.length, { lags }).flatMap((curve, k) => {
    let together = 0;
    for (let i = 0; i < tracks.count; i++) together += weights[i * classes.length + k] || 0;
    const drawn = thinned(classes[k], curve);
    return together >= least && drawn.lag.length > 1 ? [drawn] : [];
  });
  if (!curves.some(({ msd }) => Array.from(msd).some((value) => value > 0))) return undefined;
  return {
    curves,
    classes,
    positionUnit: tracks.positionUnit,
    timeUnit: tracks.timeUnit,
  };
}

/**
 * 1 for the class of each track, and 0 for the others, count × classes: what tracks weigh whose class is known.
 *
 * @example
 * labelWeights([1, -1], 2) // Float64Array [0, 1, 0, 0]
 */
export function labelWeights(codes: ArrayLike<number>, classes: number): Float64Array {
  const weights = new Float64Array(codes.length * classes);
  for (let i = 0; i < codes.length; i++) if (codes[i] >= 0) weights[i * classes + codes[i]] = 1;
  return weights;
}

function thinned(label: string, { times, values, lows, highs, pairs }: ClassMsd): MsdCurve {
  const last = times.length;
  const wanted = new Set(
    Array.from({ length: DRAWN }, (_, j) => Math.round(last ** (j / (DRAWN - 1))) - 1),
  );
  const kept = Array.from(times.keys()).filter((i) => last <= DRAWN || wanted.has(i));
  const of = (column: Float64Array) => kept.map((i) => column[i]);
  return {
    label,
    lag: of(times),
    msd: of(values),
    low: of(lows),
    high: of(highs),
    pairs: of(pairs),
  };
}
