import { features } from '@diffusion/features';
import type { Tracks } from '@diffusion/tracks';
import type { Rows } from './classical.ts';

/**
 * A row of features per track, as classifiers of rows take them; NaN where a feature is undefined or infinite.
 *
 * @param names of the catalogue of `@diffusion/features`.
 */
export function featureRows(tracks: Tracks, names: readonly string[]): Rows {
  const columns = features(tracks, { names });
  return Array.from({ length: tracks.count }, (_, i) =>
    Float64Array.from(names, (name) => {
      const value = columns[name][i];
      return Number.isFinite(value) ? value : Number.NaN;
    }),
  );
}
