import type { Tracks } from '@diffusion/tracks';
import { checkOptions } from '@diffusion/tracks/messages';
import { contextOf } from '../context.ts';
import { defaultLags } from '../derived/lag-curve.ts';
import { FeaturesError } from '../errors.ts';
import { checkLags, type MsdCurve, type MsdOptions } from './time-averaged-msd.ts';

/**
 * Ensemble MSD: the mean over tracks of |x(t₀ + k) − x(t₀)|², t₀ the first frame of each track. A track counts at the
 * lags where it has a point. `pairs` is the number of tracks; the standard error is the standard deviation between
 * tracks over its root, NaN for one track.
 *
 * @example
 * const { times, values, standardErrors } = ensembleMsd(tracks, { lags: 20 });
 */
export function ensembleMsd(tracks: Tracks, options: MsdOptions = {}): MsdCurve {
  checkOptions<MsdOptions>('ensembleMsd', options, { lags: true }, FeaturesError);
  const contexts = Array.from(tracks, contextOf);
  const last = checkLags(options.lags ?? Math.max(1, ...contexts.map(defaultLags)));
  const collected: number[][] = [];
  for (const { axes, frames, length } of contexts) {
    for (let i = 1; i < length; i++) {
      const lag = frames ? frames[i] : i;
      if (lag > last) break;
      let square = 0;
      for (const axis of axes) square += (axis[i] - axis[0]) ** 2;
      collected[lag] ??= [];
      collected[lag].push(square);
    }
  }
  return curveOf(
    tracks.dt,
    collected.flatMap((squares, lag) => {
      const count = squares.length;
      const value = squares.reduce((a, b) => a + b, 0) / count;
      const variance = squares.reduce((a, b) => a + (b - value) ** 2, 0) / (count - 1);
      return [{ lag, value, pairs: count, standardError: Math.sqrt(variance / count) }];
    }),
  );
}

/** A curve from its points. */
export function curveOf(
  dt: number,
  points: readonly {
    readonly lag: number;
    readonly value: number;
    readonly pairs: number;
    readonly standardError: number;
  }[],
): MsdCurve {
  return {
    lags: Int32Array.from(points, ({ lag }) => lag),
    times: Float64Array.from(points, ({ lag }) => lag * dt),
    values: Float64Array.from(points, ({ value }) => value),
    standardErrors: Float64Array.from(points, ({ standardError }) => standardError),
    pairs: Float64Array.from(points, ({ pairs }) => pairs),
  };
}
