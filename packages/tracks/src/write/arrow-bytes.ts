import type { Vector } from 'apache-arrow';
import { loadArrow } from '../read/read-arrow.ts';
import type { Tracks } from '../tracks.ts';
import { plainValues, scalesOf, tableColumnsOf } from './table-columns.ts';

/**
 * Tracks as an Arrow file (IPC, "Feather 2"), a row per point; the units and the interval are in the metadata of its
 * schema. Needs the package `apache-arrow`.
 */
export async function arrowBytes(
  tracks: Tracks,
  columns: boolean | readonly string[],
  name: string,
): Promise<Uint8Array> {
  const { Schema, Table, tableToIPC, vectorFromArray, makeVector } = await loadArrow(name);
  const vectors: Record<string, Vector> = {};
  for (const [key, column] of tableColumnsOf(tracks, columns)) {
    const values = plainValues(column);
    vectors[key] = Array.isArray(values)
      ? vectorFromArray(values)
      : makeVector(values as Float64Array);
  }
  const { key, value } = scalesOf(tracks);
  const plain = new Table(vectors);
  const schema = new Schema(plain.schema.fields, new Map([[key, value]]));
  return tableToIPC(new Table(schema, plain.batches), 'file');
}
