import { type Column, columnLength, columnValue } from '@diffusion/tracks';
import type { FeatureTable } from './feature-table.ts';

/** Rows of one chunk of text. */
export const CHUNK_ROWS = 256;

/**
 * A table as CSV, in chunks: a line of names, then a line per row; NaN is an empty field, text with a comma, a quote or a
 * line break is quoted (RFC 4180).
 *
 * @example
 * const csv = [...csvChunks(featureTable(tracks, features(tracks)))].join('');
 */
export function* csvChunks(table: FeatureTable): Generator<string> {
  yield `${[...table.keys()].map(quoted).join(',')}\n`;
  const columns = [...table.values()];
  const rows = columns.length > 0 ? columnLength(columns[0]) : 0;
  for (let from = 0; from < rows; from += CHUNK_ROWS) {
    const lines: string[] = [];
    for (let i = from; i < Math.min(rows, from + CHUNK_ROWS); i++) {
      lines.push(`${columns.map((column) => field(column, i)).join(',')}\n`);
    }
    yield lines.join('');
  }
}

function field(column: Column, i: number): string {
  const value = columnValue(column, i);
  if (typeof value === 'string') return quoted(value);
  return Number.isNaN(value) ? '' : String(value);
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
