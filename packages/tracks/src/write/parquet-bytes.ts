import type { BasicType } from 'hyparquet-writer';
import type { Tracks } from '../tracks.ts';
import { plainValues, scalesOf, tableColumnsOf } from './table-columns.ts';

/** Tracks as a Parquet table, snappy, a row per point; the units and the interval are in the metadata of the file. */
export async function parquetBytes(
  tracks: Tracks,
  columns: boolean | readonly string[],
): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const columnData = [...tableColumnsOf(tracks, columns)].map(([name, column]) => {
    const data = plainValues(column);
    const type: BasicType = Array.isArray(data)
      ? 'STRING'
      : data instanceof Float64Array
        ? 'DOUBLE'
        : data instanceof Float32Array
          ? 'FLOAT'
          : data instanceof Uint32Array
            ? 'INT64'
            : 'INT32';
    const values =
      type === 'INT64'
        ? BigInt64Array.from(data as Uint32Array, BigInt)
        : type === 'INT32'
          ? Int32Array.from(data as Int32Array)
          : data;
    return { name, data: values as Float64Array | string[], type, nullable: false };
  });
  return new Uint8Array(parquetWriteBuffer({ columnData, kvMetadata: [scalesOf(tracks)] }));
}
