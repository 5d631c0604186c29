import { columnValue, csvRow, type Tracks } from '@diffusion/tracks';

/**
 * Everything known of each track of a simulated set, a row per track, header first: `track,label,…`. What
 * {@link parseReference} reads.
 *
 * @example
 * await writeAtomically('labels.csv', labelRows(gajowczyk2021({ count: 100, seed: 1 }).generate()));
 */
export function* labelRows(tracks: Tracks): Generator<string> {
  const columns = Object.entries(tracks.trackColumns);
  yield csvRow(columns.map(([name]) => name));
  for (let i = 0; i < tracks.count; i++)
    yield csvRow(columns.map(([, column]) => columnValue(column, i)));
}
