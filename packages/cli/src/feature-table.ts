import { csvChunks, type FeatureTable, featureTable, jsonChunks } from '@diffusion/features';
import { arrowBytes } from '@diffusion/features/arrow';
import type { Tracks } from '@diffusion/tracks';
import { writeAtomically } from '@diffusion/tracks/node';
import { InputError } from './input-error.ts';
import { interruption } from './interruption.ts';

/** The formats of a feature table by the ending of the file's name. */
const formats: Record<string, (table: FeatureTable) => Iterable<string | Uint8Array>> = {
  csv: csvChunks,
  json: jsonChunks,
  arrow: (table) => [arrowBytes(table)],
};

/** The format that a file name stands for. */
export function featureFormat(path: string): (typeof formats)[string] {
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  if (!Object.hasOwn(formats, ending)) {
    throw new InputError(
      `option '--output' is '${path}': expected a name in .csv, .json or .arrow`,
    );
  }
  return formats[ending];
}

/** Writes a row per track, `[file,]track,<feature>…`; the format follows the name. */
export async function writeFeatures(
  path: string,
  tracks: Tracks,
  values: Readonly<Record<string, Float64Array>>,
): Promise<void> {
  const { file } = tracks.trackColumns;
  const table = featureTable(tracks, values);
  const rows = file ? new Map([['file', file], ...table]) : table;
  await writeAtomically(path, featureFormat(path)(rows), { signal: interruption.signal });
}
