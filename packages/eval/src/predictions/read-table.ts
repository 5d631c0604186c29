import { ReadError } from '@diffusion/tracks';
import { CsvError, parse } from 'csv-parse/browser/esm/sync';

/** The rows of a CSV text and where they stand in it. */
export interface TextTable {
  readonly source: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Line of each row, from 1, the header included. */
  readonly lines: readonly number[];
}

/**
 * Reads a CSV text with a header; the delimiter is the comma, the semicolon or the tab that the header holds.
 *
 * Throws ReadError, with the line, for a text without header, a row with more or fewer fields, a column named twice,
 * and quotes that do not close.
 *
 * @example
 * readTable('track,label\n0,ND\n', 'reference.csv').rows // [['0', 'ND']]
 */
export function readTable(text: string, source: string): TextTable {
  const first = text.slice(0, text.search(/[\r\n]|$/));
  const delimiter = [',', ';', '\t'].find((sign) => first.includes(sign)) ?? ',';
  let records: { info: { lines: number }; record: string[] }[];
  try {
    records = parse(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as typeof records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new ReadError(error.message, { source, line: Number(error.lines) || undefined });
  }
  if (records.length === 0) {
    throw new ReadError('the file is empty: expected a header row', { source });
  }
  const [{ record: header }, ...rest] = records;
  const twice = header.find((name, j) => header.indexOf(name) !== j);
  if (twice !== undefined) {
    throw new ReadError('appears twice: expected columns of distinct names', {
      source,
      line: records[0].info.lines,
      column: twice,
    });
  }
  for (const { record, info } of rest) {
    if (record.length !== header.length) {
      throw new ReadError(
        `the row has ${record.length} fields: expected ${header.length} as in the header`,
        { source, line: info.lines },
      );
    }
  }
  return {
    source,
    header,
    rows: rest.map(({ record }) => record),
    lines: rest.map(({ info }) => info.lines),
  };
}

/** The cells of a column, or undefined when the table has none of that name. */
export function textCells(table: TextTable, name: string): string[] | undefined {
  const j = table.header.indexOf(name);
  return j < 0 ? undefined : table.rows.map((row) => row[j]);
}

/** The cells of a column as numbers; an empty cell, `nan` and `NA` are NaN. Throws ReadError for any other text. */
export function numberCells(table: TextTable, name: string): Float64Array | undefined {
  const cells = textCells(table, name);
  if (cells === undefined) return undefined;
  return Float64Array.from(cells, (cell, i) => {
    if (/^(nan|na)?$/i.test(cell)) return Number.NaN;
    const value = Number(cell);
    if (!Number.isFinite(value)) {
      throw new ReadError(`is ${JSON.stringify(cell.slice(0, 20))}: expected a number or nothing`, {
        source: table.source,
        line: table.lines[i],
        column: name,
      });
    }
    return value;
  });
}

/** The ids of the tracks: column `track`, a whole number written as 3.0 being 3. Throws ReadError without it. */
export function trackCells(table: TextTable, names: readonly string[]): string[] {
  const name = names.find((one) => table.header.includes(one));
  if (name === undefined) {
    throw new ReadError(
      `the columns are ${table.header.map((one) => JSON.stringify(one)).join(', ')}: expected one named ${names.join(' or ')}`,
      { source: table.source, line: 1 },
    );
  }
  const cells = textCells(table, name) as string[];
  return cells.map((cell, i) => {
    if (cell === '') {
      throw new ReadError('is empty: expected the id of a track', {
        source: table.source,
        line: table.lines[i],
        column: name,
      });
    }
    return cell.replace(/^(-?\d+)\.0+$/, '$1');
  });
}
