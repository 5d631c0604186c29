import { columnLength, columnValue, csvRow } from '@diffusion/tracks';
import type { FeatureTable } from './feature-table.ts';

/** Rows of one chunk of text. */
export const CHUNK_ROWS = 256;

/**
 * A table as CSV, in chunks: a line of names, then a line per row; NaN is an empty field, and text is
 * quoted as in every table (`csvRow` of `@diffusion/tracks`).
 *
 * @example
 * const csv = [...csvChunks(featureTable(tracks, features(tracks)))].join('');
 */
export function* csvChunks(table: FeatureTable): Generator<string> {
  yield csvRow([...table.keys()]);
  const columns = [...table.values()];
  const rows = columns.length > 0 ? columnLength(columns[0]) : 0;
  for (let from = 0; from < rows; from += CHUNK_ROWS) {
    let text = '';
    for (let i = from; i < Math.min(rows, from + CHUNK_ROWS); i++) {
      text += csvRow(columns.map((column) => columnValue(column, i)));
    }
    yield text;
  }
}
