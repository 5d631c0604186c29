import type { Views } from './show-as.ts';

/** A table to be shown: what is asked of it are the rows that are seen. */
export interface ShownTable {
  readonly title: string;
  readonly names: readonly string[];
  /** Number of rows. */
  readonly count: number;
  readonly row: (i: number) => readonly Cell[];
}

/** Numbers are shown with four digits; those that are none, and what is missing, as –. */
export type Cell = string | number | undefined;

/** So many rows are shown at the beginning, and at the end. */
const ENDS = 5;

/** Text has as many columns as fit, a page this many. */
const TEXT_WIDTH = 80;
const HTML_COLUMNS = 14;

/**
 * How a table looks: its first and last rows, in text as many columns as fit 80 characters.
 *
 * @example
 * tableViews({ title: '2 tracks', names: ['α'], count: 2, row: (i) => [values[i]] }).html
 */
export function tableViews({ title, names, count, row }: ShownTable): Views {
  const whole = count <= 2 * ENDS + 1;
  const places = Array.from({ length: whole ? count : 2 * ENDS }, (_, k) =>
    whole || k < ENDS ? k : count - 2 * ENDS + k,
  );
  const cells = places.map((i) => row(i).map(shownCell));
  const numeric = names.map(
    (_, k) =>
      places.some((_, r) => cells[r][k] !== '–') &&
      cells.every((each) => /^(–|[-+]?[\d.,e+-]+|-?Infinity)$/.test(each[k])),
  );
  const body = whole ? cells : [...cells.slice(0, ENDS), undefined, ...cells.slice(ENDS)];
  return {
    text: [title, ...textRows(names, body, numeric)].join('\n'),
    html: htmlTable(title, names, body, numeric),
  };
}

type Rows = readonly (readonly string[] | undefined)[];

function textRows(names: readonly string[], body: Rows, numeric: readonly boolean[]): string[] {
  const widths = names.map((name, k) =>
    Math.max(
      ...[name, ...body.flatMap((cells) => (cells ? [cells[k]] : []))].map((c) => [...c].length),
    ),
  );
  let used = 0;
  let columns = 0;
  while (columns < widths.length && used + widths[columns] <= TEXT_WIDTH - 2) {
    used += widths[columns++] + 2;
  }
  columns = Math.max(1, columns);
  const cut = (text: string) =>
    [...text].length > TEXT_WIDTH ? `${[...text].slice(0, TEXT_WIDTH - 1).join('')}…` : text;
  const line = (cells: readonly string[]) =>
    cut(
      cells
        .slice(0, columns)
        .map((cell, k) => {
          const space = ' '.repeat(widths[k] - [...cell].length);
          return numeric[k] ? space + cell : cell + space;
        })
        .join('  ')
        .trimEnd(),
    );
  const more = names.length - columns;
  return [
    line(names) + (more > 0 ? '  …' : ''),
    ...body.map((cells) => (cells ? line(cells) : '…')),
    ...(more > 0 ? [`… and ${more} more columns`] : []),
  ];
}

function htmlTable(
  title: string,
  names: readonly string[],
  body: Rows,
  numeric: readonly boolean[],
) {
  const columns = Math.min(names.length, HTML_COLUMNS);
  const more = names.length > columns ? '…' : undefined;
  const row = (cells: readonly string[], tag: 'th' | 'td') =>
    `<tr>${[...cells.slice(0, columns), ...(more ? [more] : [])]
      .map(
        (cell, k) =>
          `<${tag} style="text-align:${numeric[k] ? 'right' : 'left'}">${escapeHtml(cell)}</${tag}>`,
      )
      .join('')}</tr>`;
  const dots = names.map(() => '…');
  return `<table><caption style="text-align:left;color:inherit">${escapeHtml(title)}</caption><thead>${row(names, 'th')}</thead><tbody>${body
    .map((cells) => row(cells ?? dots, 'td'))
    .join('')}</tbody></table>`;
}

/**
 * How a thing looks of which several facts are known, a name and a value each.
 *
 * @example
 * factViews('metrics', { accuracy: 0.91, tracks: 400 }).text
 */
export function factViews(title: string, facts: Readonly<Record<string, Cell>>): Views {
  const rows = Object.entries(facts).map(([name, value]) => [name, shownCell(value)] as const);
  const width = Math.max(...rows.map(([name]) => [...name].length));
  const text = rows.map(([name, value]) =>
    `  ${name.padEnd(width)}  ${value}`.slice(0, TEXT_WIDTH),
  );
  const lines = text.length > 18 ? [...text.slice(0, 17), '  …'] : text;
  return {
    text: [title, ...lines].join('\n'),
    html: `<table><caption style="text-align:left;color:inherit">${escapeHtml(title)}</caption><tbody>${rows
      .map(
        ([name, value]) =>
          `<tr><th style="text-align:left">${escapeHtml(name)}</th><td style="text-align:left">${escapeHtml(value)}</td></tr>`,
      )
      .join('')}</tbody></table>`,
  };
}

function shownCell(cell: Cell): string {
  if (cell === undefined || Number.isNaN(cell)) return '–';
  if (typeof cell === 'string') return cell;
  return Number.isInteger(cell) && Math.abs(cell) < 1e9
    ? String(cell)
    : String(Number(cell.toPrecision(4)));
}

/**
 * Text in HTML, with nothing in it that means something there.
 *
 * @example
 * escapeHtml('a < b') // 'a &#60; b'
 */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
