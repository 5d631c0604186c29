import { columnLength, columnValue } from '@diffusion/tracks';
import { CHUNK_ROWS } from './csv-chunks.ts';
import type { FeatureTable } from './feature-table.ts';

/**
 * A table as one JSON array with an object per row, in chunks; NaN is null.
 *
 * @example
 * const rows = JSON.parse([...jsonChunks(featureTable(tracks, features(tracks)))].join(''));
 */
export function* jsonChunks(table: FeatureTable): Generator<string> {
  const columns = [...table];
  const rows = columns.length > 0 ? columnLength(columns[0][1]) : 0;
  yield '[';
  for (let from = 0; from < rows; from += CHUNK_ROWS) {
    const lines: string[] = [];
    for (let i = from; i < Math.min(rows, from + CHUNK_ROWS); i++) {
      // JSON.stringify writes NaN as null.
      const row = Object.fromEntries(
        columns.map(([name, column]) => [name, columnValue(column, i)]),
      );
      lines.push(`${i === 0 ? '' : ','}\n${JSON.stringify(row)}`);
    }
    yield lines.join('');
  }
  yield '\n]\n';
}
