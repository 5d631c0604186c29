import type { TrackContext } from '../context.ts';
import { entriesUpTo, type LagCurve, lagCurve } from '../derived/lag-curve.ts';
import { FeaturesError } from '../errors.ts';

/** The entries of a track's MSD that an estimator fits. */
export interface FittedLags {
  readonly lags: number[];
  readonly values: Float64Array;
  readonly pairs: number[];
}

/** Standard errors are not computed over more frames than this: their cost grows with the frames, not the points. */
const LONGEST_SPAN = 1 << 22;

/**
 * The MSD of a track at lags 1 … `lags`; no lags on a track of more than four million frames. Throws {@link FeaturesError} unless `lags`
 * is an integer of at least `least`.
 */
export function fittedLags(context: TrackContext, lags: number, least: number): FittedLags {
  if (!(Number.isInteger(lags) && lags >= least)) {
    throw new FeaturesError(`lags is ${lags}: expected an integer of at least ${least}`);
  }
  const curve: LagCurve = lagCurve(context, lags);
  const count = context.span > LONGEST_SPAN ? 0 : entriesUpTo(curve, lags);
  return {
    lags: Array.from({ length: count }, (_, i) => curve.lags[i]),
    values: curve.values.slice(0, count),
    pairs: Array.from({ length: count }, (_, i) => curve.pairs[i]),
  };
}
