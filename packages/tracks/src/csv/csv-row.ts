/**
 * A cell of CSV text: quoted where a reader could take it for more or less than one cell, that is with a quote, a line
 * end, a delimiter of any dialect (the reader of a table finds out which it is), or a space at either end.
 *
 * @example
 * csvCell('a, "b"') // '"a, ""b"""'
 */
export function csvCell(text: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A row of CSV text with its line end, commas between its cells; a number that is not finite is an empty cell.
 *
 * @example
 * csvRow(['cell 1', 0.5, Number.NaN]) // 'cell 1,0.5,\n'
 */
export function csvRow(cells: readonly (string | number)[]): string {
  return `${cells.map(cellOf).join(',')}\n`;
}

function cellOf(value: string | number): string {
  if (typeof value === 'string') return csvCell(value);
  return Number.isFinite(value) ? String(value) : '';
}
