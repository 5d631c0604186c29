import { ReadError } from '../errors.ts';
import { CsvParser } from './csv-parser.ts';

/** The cells of a CSV text, without the spaces around them, and where they stand in it. */
export interface CsvTable {
  /** Name of the file, for messages. */
  readonly source: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Line in which each row begins, from 1, the header included. */
  readonly lines: readonly number[];
}

/**
 * Reads a CSV text with a header, whole; the delimiter is the comma, the semicolon or the tab, whichever the header has
 * most of. Empty lines are passed over.
 *
 * Throws {@link ReadError}, with the line, for a text without header, a row with more or fewer fields, a column named
 * twice, and quotes that do not close.
 *
 * @example
 * csvTable('track,label\n0,ND\n', 'labels.csv').rows // [['0', 'ND']]
 */
export function csvTable(text: string, source: string): CsvTable {
  const [first, ...rest] = rowsOf(text.replace(/^\uFEFF/, ''), source);
  if (!first) throw new ReadError('the file is empty: expected a header row', { source });
  const header = first.cells;
  const twice = header.find((name, j) => header.indexOf(name) !== j);
  if (twice !== undefined) {
    throw new ReadError('appears twice: expected columns of distinct names', {
      source,
      line: first.line,
      column: twice,
    });
  }
  for (const { cells, line } of rest) {
    if (cells.length === header.length) continue;
    throw new ReadError(
      `the row has ${cells.length} fields: expected ${header.length} as in the header`,
      { source, line },
    );
  }
  return {
    source,
    header,
    rows: rest.map(({ cells }) => cells),
    lines: rest.map(({ line }) => line),
  };
}

function rowsOf(text: string, source: string): { cells: string[]; line: number }[] {
  const parser = new CsvParser(source);
  const found: { cells: string[]; line: number }[] = [];
  for (const block of [parser.push(text), parser.end()]) {
    if (!block) continue;
    let { line } = block;
    for (const [i, row] of block.rows.entries()) {
      const cells = row.map((cell) => cell.trim());
      if (cells.length > 1 || cells[0] !== '') found.push({ cells, line });
      line += 1 + (block.extraLines?.[i] ?? 0);
    }
  }
  return found;
}
