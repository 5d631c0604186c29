import { type Column, columnLength, columnValue, isTextColumn } from '@diffusion/tracks';
import {
  type Data,
  Float64,
  makeData,
  Table,
  tableToIPC,
  Vector,
  vectorFromArray,
} from 'apache-arrow';
import type { FeatureTable } from './table/feature-table.ts';

/**
 * A table as the bytes of an Arrow file (IPC, "Feather 2"), which pandas, polars, R and DuckDB read: numbers are float64
 * with null for NaN, text is a dictionary column. Needs the package `apache-arrow`.
 *
 * @example
 * import { arrowBytes } from '@diffusion/features/arrow';
 * await writeFile('features.arrow', arrowBytes(featureTable(tracks, features(tracks))));
 */
export function arrowBytes(table: FeatureTable): Uint8Array {
  const vectors: Record<string, Vector> = {};
  for (const [name, column] of table) vectors[name] = vectorOf(column);
  return tableToIPC(new Table(vectors), 'file');
}

function vectorOf(column: Column): Vector {
  if (isTextColumn(column)) {
    return vectorFromArray(
      Array.from({ length: columnLength(column) }, (_, i) => columnValue(column, i) as string),
    );
  }
  const length = column.length;
  const data = Float64Array.from(column);
  const nullBitmap = new Uint8Array(Math.ceil(length / 8));
  let nullCount = 0;
  for (let i = 0; i < length; i++) {
    if (Number.isNaN(data[i])) nullCount++;
    else nullBitmap[i >> 3] |= 1 << (i & 7);
  }
  const made: Data<Float64> = makeData({
    type: new Float64(),
    length,
    nullCount,
    nullBitmap,
    data,
  });
  return new Vector([made]);
}
