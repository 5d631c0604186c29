import { columnValue, type Tracks } from '@diffusion/tracks';
import { csvRow } from './csv-row.ts';

/** Everything known of each track of a simulated set, a row per track, header first: `track,label,…`. */
export function* labelRows(tracks: Tracks): Generator<string> {
  const columns = Object.entries(tracks.trackColumns);
  yield csvRow(columns.map(([name]) => name));
  for (let i = 0; i < tracks.count; i++)
    yield csvRow(columns.map(([, column]) => columnValue(column, i)));
}
