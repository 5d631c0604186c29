import type { Track } from '@diffusion/tracks';
import { checkOptions } from '@diffusion/tracks/messages';
import { contextOf, type TrackContext } from '../context.ts';
import { lagProducts } from '../derived/lag-products.ts';
import { steps } from '../derived/steps.ts';
import { FeaturesError } from '../errors.ts';
import { checkLags } from './time-averaged-msd.ts';

/** Velocity autocorrelation against the lag. */
export interface Autocorrelation {
  /** Lags in frames, from 0; lags without a pair of steps are absent. */
  readonly lags: Int32Array;
  readonly times: Float64Array;
  /** ⟨Δ_i · Δ_{i+q}⟩/⟨|Δ|²⟩: 1 at lag 0. */
  readonly values: Float64Array;
  /** Pairs of steps that each is the mean of. */
  readonly pairs: Float64Array;
}

/**
 * Velocity autocorrelation of one track, normalised by lag 0, each lag over the pairs of one-frame steps that begin
 * exactly that many frames apart. NaN on a constant track.
 *
 * @example
 * const { values } = velocityAutocorrelation(tracks.at(0), { lags: 10 }); // values[0] is 1
 */
export function velocityAutocorrelation(
  track: Track | TrackContext,
  options: { readonly lags?: number } = {},
): Autocorrelation {
  checkOptions<typeof options>('velocityAutocorrelation', options, { lags: true }, FeaturesError);
  const { lags: last = 10 } = options;
  const context = contextOf(track);
  checkLags(last);
  const all = steps(context);
  const square = all.squares / all.count;
  const lags: number[] = [];
  const values: number[] = [];
  const counts: number[] = [];
  for (let q = 0; q <= Math.min(last, context.span - 2); q++) {
    const { sum, pairs } = lagProducts(all, q);
    if (pairs === 0) continue;
    lags.push(q);
    values.push(square > 0 ? sum / pairs / square : Number.NaN);
    counts.push(pairs);
  }
  return {
    lags: Int32Array.from(lags),
    times: Float64Array.from(lags, (q) => q * context.dt),
    values: Float64Array.from(values),
    pairs: Float64Array.from(counts),
  };
}
