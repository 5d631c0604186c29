import { type CsvTable, ReadError, SET_SEPARATOR } from '@diffusion/tracks';
import { quote, quoteAll } from '@diffusion/tracks/messages';
import { textCells } from './table-columns.ts';

/**
 * The column `set` of predictions: rows × classes, 1 for each class that a set names; undefined without such a column.
 *
 * Throws ReadError for a set that names a class twice or one that has no probability, and for one that does not go with the
 * label of its row, which is that of a set of one and empty beside any other.
 */
export function readSets(
  table: CsvTable,
  classes: readonly string[],
  labels: readonly string[],
): Uint8Array | undefined {
  const cells = textCells(table, 'set');
  if (!cells) return undefined;
  const sets = new Uint8Array(cells.length * classes.length);
  cells.forEach((cell, i) => {
    const fail = (expected: string): never => {
      const { source, lines } = table;
      throw new ReadError(`is ${quote(cell)}: expected ${expected}`, {
        source,
        line: lines[i],
        column: 'set',
      });
    };
    const names = cell === '' ? [] : cell.split(SET_SEPARATOR);
    for (const name of names) {
      const k = classes.indexOf(name);
      if (k < 0 || sets[i * classes.length + k]) {
        fail(`different ones of ${quoteAll(classes)}, with ${SET_SEPARATOR} between them`);
      }
      sets[i * classes.length + k] = 1;
    }
    const label = names.length === 1 ? names[0] : '';
    if (labels[i] !== label) {
      fail(
        labels[i] === ''
          ? 'several classes or none, as the row has no label'
          : `${quote(labels[i])}, the label of the row`,
      );
    }
  });
  return sets;
}
