import type { Tracks } from '@diffusion/tracks';
import { contextOf } from './context.ts';
import type { Feature } from './feature.ts';

/** Columns of features, one value per track; `first` is the place of the first track in the set it was cut from. */
export function computeColumns(
  tracks: Tracks,
  selected: readonly Feature[],
  first = 0,
): Float64Array[] {
  const columns = selected.map(() => new Float64Array(tracks.count));
  for (let i = 0; i < tracks.count; i++) {
    const context = contextOf({ ...tracks.at(i), index: first + i });
    for (let f = 0; f < selected.length; f++) columns[f][i] = selected[f](context);
  }
  return columns;
}
