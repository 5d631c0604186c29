import { type FeatureChoice, features } from '@diffusion/features';
import type { Tracks } from '@diffusion/tracks';
import { featureNameOf } from '../own-features.ts';
import type { Rows } from './classical.ts';

/**
 * A row of features per track, as classifiers of rows take them; NaN where a feature is undefined or infinite.
 *
 * @param chosen names of the catalogue of `@diffusion/features`, and features of one's own.
 */
export function featureRows(tracks: Tracks, chosen: readonly FeatureChoice[]): Rows {
  const columns: Readonly<Record<string, Float64Array>> = features(tracks, { names: chosen });
  return Array.from({ length: tracks.count }, (_, i) =>
    Float64Array.from(chosen, (choice) => {
      const value = columns[featureNameOf(choice)][i];
      return Number.isFinite(value) ? value : Number.NaN;
    }),
  );
}
