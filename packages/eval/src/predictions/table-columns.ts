import { type CsvTable, ReadError } from '@diffusion/tracks';
import { quote, quoteAll } from '@diffusion/tracks/messages';
import { readNumber, trackId } from '@diffusion/tracks/parsing';
import type { Noun } from './noun.ts';

/** The cells of a column, or undefined when the table has none of that name. */
export function textCells(table: CsvTable, name: string): string[] | undefined {
  const j = table.header.indexOf(name);
  return j < 0 ? undefined : table.rows.map((row) => row[j]);
}

/** The cells of a column as numbers; an empty cell, `nan` and `NA` are NaN. Throws ReadError for any other text. */
export function numberCells(table: CsvTable, name: string): Float64Array | undefined {
  const cells = textCells(table, name);
  if (cells === undefined) return undefined;
  return Float64Array.from(cells, (cell, i) => {
    if (/^(nan|na)?$/i.test(cell)) return Number.NaN;
    const value = readNumber(cell);
    if (Number.isNaN(value)) {
      throw new ReadError(`is ${quote(cell)}: expected a number or nothing`, {
        source: table.source,
        line: table.lines[i],
        column: name,
      });
    }
    return value;
  });
}

/** That a table is of images, where it is: they have names, and no numbers of tracks. */
export const nounOf = ({ header }: CsvTable): { noun?: Noun } =>
  header.includes('image') && !header.includes('track') && !header.includes('row')
    ? { noun: 'image' }
    : {};

/** The ids of the tracks: column `track`, a whole number written as 3.0 being 3. Throws ReadError without it. */
export function trackCells(table: CsvTable, names: readonly string[]): string[] {
  const name = names.find((one) => table.header.includes(one));
  if (name === undefined) {
    throw new ReadError(
      `the columns are ${quoteAll(table.header)}: expected one named ${names.join(' or ')}`,
      { source: table.source, line: 1 },
    );
  }
  const cells = textCells(table, name) as string[];
  return cells.map((cell, i) => {
    if (cell === '') {
      throw new ReadError(
        `is empty: expected the ${name === 'image' ? 'name of an image' : 'id of a track'}`,
        {
          source: table.source,
          line: table.lines[i],
          column: name,
        },
      );
    }
    return name === 'image' ? cell : trackId(cell);
  });
}

/**
 * Labels, from the first of the columns of these names that there is, and exponents, from the column `alpha`. Throws
 * ReadError where there are neither.
 */
export function answerCells(table: CsvTable, names: readonly string[]) {
  const name = names.find((one) => table.header.includes(one));
  const labels = name === undefined ? undefined : textCells(table, name);
  const alpha = numberCells(table, 'alpha');
  if (!labels && !alpha) {
    throw new ReadError('there is no column label and none named alpha: expected either', {
      source: table.source,
      line: 1,
    });
  }
  return { labels, alpha };
}
