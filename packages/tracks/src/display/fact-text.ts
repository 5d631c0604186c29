/** Numbers are shown with four digits; those that are none, and what is missing, as –. */
export type Cell = string | number | undefined;

/** Columns of text. */
export const TEXT_WIDTH = 80;

/** Several facts in text, a name and a value each, at most 18 of them. */
export function factText(title: string, facts: Readonly<Record<string, Cell>>): string {
  const rows = Object.entries(facts);
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => cut(`  ${name.padEnd(width)}  ${shownCell(value)}`));
  return [title, ...(lines.length > 18 ? [...lines.slice(0, 17), '  …'] : lines)].join('\n');
}

/** One line, no longer than a terminal usually is. */
export const cut = (text: string): string =>
  [...text].length > TEXT_WIDTH ? `${[...text].slice(0, TEXT_WIDTH - 1).join('')}…` : text;

/** A cell in text. */
export function shownCell(cell: Cell): string {
  if (cell === undefined || Number.isNaN(cell)) return '–';
  if (typeof cell === 'string') return cell;
  return Number.isInteger(cell) && Math.abs(cell) < 1e9
    ? String(cell)
    : String(Number(cell.toPrecision(4)));
}
