import type { Tracks } from '@diffusion/tracks';
import { checkOptions } from '@diffusion/tracks/messages';
import { contextOf } from '../context.ts';
import { defaultLags, entriesUpTo, lagCurve } from '../derived/lag-curve.ts';
import { FeaturesError } from '../errors.ts';
import { curveOf } from './ensemble-msd.ts';
import { checkLags, type MsdCurve, type MsdOptions } from './time-averaged-msd.ts';

/** Options of {@link ensembleTimeAveragedMsd}. */
export interface EnsembleOptions extends MsdOptions {
  /**
   * 'pairs' (default): every displacement counts alike, so long tracks count more; 'tracks': every track that has the
   * lag counts alike.
   */
  readonly weights?: 'pairs' | 'tracks';
}

/**
 * Ensemble mean of the time-averaged MSDs. A track counts only at the lags it has; it never adds a zero. `pairs` is the
 * number of pairs of points of all tracks. The standard error is that of a weighted mean of independent tracks, from
 * the spread between them; NaN for one track.
 *
 * @example
 * const { times, values } = ensembleTimeAveragedMsd(tracks, { lags: 20, weights: 'tracks' });
 */
export function ensembleTimeAveragedMsd(tracks: Tracks, options: EnsembleOptions = {}): MsdCurve {
  checkOptions<EnsembleOptions>(
    'ensembleTimeAveragedMsd',
    options,
    { lags: true, weights: true },
    FeaturesError,
  );
  const contexts = Array.from(tracks, contextOf);
  const last = checkLags(options.lags ?? Math.max(1, ...contexts.map(defaultLags)));
  const collected: { value: number; pairs: number }[][] = [];
  for (const context of contexts) {
    const curve = lagCurve(context, last);
    const count = entriesUpTo(curve, last);
    for (let i = 0; i < count; i++) {
      const lag = curve.lags[i];
      collected[lag] ??= [];
      collected[lag].push({ value: curve.values[i], pairs: curve.pairs[i] });
    }
  }
  return curveOf(
    tracks.dt,
    collected.flatMap((entries, lag) => {
      const pairs = entries.reduce((sum, entry) => sum + entry.pairs, 0);
      const weightOf = (entry: { pairs: number }): number =>
        options.weights === 'tracks' ? 1 / entries.length : entry.pairs / pairs;
      let value = 0;
      for (const entry of entries) value += weightOf(entry) * entry.value;
      let spread = 0;
      for (const entry of entries) spread += (weightOf(entry) * (entry.value - value)) ** 2;
      const n = entries.length;
      return [{ lag, value, pairs, standardError: Math.sqrt((spread * n) / (n - 1)) }];
    }),
  );
}
