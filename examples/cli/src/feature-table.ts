import { columnValue, type Tracks } from '@diffusion/tracks';
import { writeAtomically } from '@diffusion/tracks/node';
import { csvRow } from './csv-row.ts';
import { interruption } from './interruption.ts';

/** Writes a row per track, `[file,]track,<feature>…`; the format follows the name. */
export async function writeFeatures(
  path: string,
  tracks: Tracks,
  values: Readonly<Record<string, Float64Array>>,
): Promise<void> {
  await writeAtomically(path, rows(tracks, values), { signal: interruption.signal });
}

function* rows(tracks: Tracks, values: Readonly<Record<string, Float64Array>>): Generator<string> {
  const columns = Object.entries(values);
  const { file, track } = tracks.trackColumns;
  yield csvRow([...(file ? ['file'] : []), 'track', ...columns.map(([name]) => name)]);
  for (let i = 0; i < tracks.count; i++) {
    yield csvRow([
      ...(file ? [columnValue(file, i)] : []),
      track ? columnValue(track, i) : i,
      ...columns.map(([, column]) => column[i]),
    ]);
  }
}
