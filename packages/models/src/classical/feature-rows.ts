import { type FeatureChoice, features } from '@diffusion/features';
import { selectTracks, type Tracks } from '@diffusion/tracks';
import { featureNameOf } from '../own-features.ts';
import type { Rows } from './classical.ts';
import type { Pieces } from './in-turns.ts';

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

/** Tracks of a piece. */
const slice = 64;

/** {@link featureRows}, some tracks at a time. */
export function* featureRowsInPieces(
  tracks: Tracks,
  chosen: readonly FeatureChoice[],
): Pieces<Rows> {
  const rows: ArrayLike<number>[] = [];
  for (let from = 0; from < tracks.count; from += slice) {
    const length = Math.min(slice, tracks.count - from);
    const some = selectTracks(
      tracks,
      Uint32Array.from({ length }, (_, i) => from + i),
    );
    for (const row of featureRows(some, chosen)) rows.push(row);
    yield;
  }
  return rows;
}
