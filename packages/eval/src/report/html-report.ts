import { EvaluationError } from '../errors.ts';
import type { PlotSpec } from '../plots/plot-spec.ts';
import { style } from './style.ts';

/** A picture: SVG text, or the specification it is to be drawn from (`renderReport` does that). */
export type Figure = {
  /** What the picture shows, in words, for those who cannot see it. */
  readonly alt: string;
  readonly caption?: string;
} & ({ readonly svg: string } | { readonly spec: PlotSpec });

/** A table; a column of nothing but numbers is set flush right. */
export interface Table {
  readonly caption?: string;
  readonly columns: readonly string[];
  /** One list per row, a cell per column. */
  readonly rows: readonly (readonly (string | number)[])[];
}

/** One part of a report. */
export interface Section {
  readonly heading: string;
  /** Paragraphs of plain text. */
  readonly text?: string | readonly string[];
  /** Pictures and tables in their order, side by side where there is room. */
  readonly pieces?: readonly (Figure | Table)[];
}

/** What {@link htmlReport} sets. */
export interface Report {
  readonly title: string;
  /** Paragraphs under the title. */
  readonly text?: string | readonly string[];
  readonly sections: readonly Section[];
}

/**
 * One HTML document with everything in it: no script, no font, no picture from elsewhere, so that it can be kept,
 * mailed and printed. It follows the reader's light or dark setting. Every text is escaped; SVG is taken as it is.
 *
 * Throws {@link EvaluationError} for a picture that is not drawn yet, is not SVG, or holds a script.
 *
 * @example
 * htmlReport({ title: 'ND or CD', sections: [{ heading: 'Result', text: 'Accuracy 93.8 %' }] })
 */
export function htmlReport({ title, text, sections }: Report): string {
  let figures = 0;
  const body = sections.map((section) => {
    const pieces = [
      ...(section.pieces ?? []).map((one) =>
        'rows' in one ? table(one) : figure(one, `f${++figures}-`),
      ),
    ];
    return [
      '<section>',
      `<h2>${escapeText(section.heading)}</h2>`,
      ...paragraphs(section.text),
      ...(pieces.length > 0 ? ['<div class="pieces">', ...pieces, '</div>'] : []),
      '</section>',
    ].join('\n');
  });
  return `${[
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeText(title)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1>${escapeText(title)}</h1>`,
    ...paragraphs(text),
    ...body,
    '</main>',
    '</body>',
    '</html>',
  ].join('\n')}\n`;
}

function paragraphs(text: string | readonly string[] | undefined): string[] {
  if (text === undefined) return [];
  return (typeof text === 'string' ? [text] : text).map((one) => `<p>${escapeText(one)}</p>`);
}

function figure(one: Figure, prefix: string): string {
  if (!('svg' in one)) {
    throw new EvaluationError(
      `the figure ${JSON.stringify(one.alt)} is not drawn: expected svg (renderReport draws a spec)`,
    );
  }
  const svg = one.svg.trim();
  if (!svg.startsWith('<svg') || /<(script|foreignObject)\b/i.test(svg)) {
    throw new EvaluationError(
      `the figure ${JSON.stringify(one.alt)} begins ${JSON.stringify(svg.slice(0, 20))}: expected <svg …> without script`,
    );
  }
  const caption = one.caption ? `<figcaption>${escapeText(one.caption)}</figcaption>` : '';
  return `<figure><div role="img" aria-label="${escapeText(one.alt)}">${ownIds(svg, prefix)}</div>${caption}</figure>`;
}

/** Names that one picture defines and uses (clip paths) are made its own: two pictures in one page share none. */
function ownIds(svg: string, prefix: string): string {
  return svg.replace(/<[^>]*>/g, (tag) =>
    tag
      .replace(/(\sid=")/g, `$1${prefix}`)
      .replace(/url\(#/g, `url(#${prefix}`)
      .replace(/(\s(?:xlink:)?href="#)/g, `$1${prefix}`),
  );
}

function table({ caption, columns, rows }: Table): string {
  const numeric = columns.map((_, j) => rows.every((row) => isNumber(row[j])));
  const cell = (tag: string, j: number, text: string | number) =>
    `<${tag}${numeric[j] ? ' class="number"' : ''}>${escapeText(String(text))}</${tag.split(' ')[0]}>`;
  return [
    '<div class="table"><table>',
    ...(caption ? [`<caption>${escapeText(caption)}</caption>`] : []),
    `<thead><tr>${columns.map((name, j) => cell('th scope="col"', j, name)).join('')}</tr></thead>`,
    '<tbody>',
    ...rows.map((row) => `<tr>${row.map((value, j) => cell('td', j, value)).join('')}</tr>`),
    '</tbody>',
    '</table></div>',
  ].join('\n');
}

/** A number, with a unit or a percent sign perhaps, or the dash that stands for an undefined one. */
function isNumber(cell: string | number): boolean {
  return typeof cell === 'number' || /^([−+-]?\d[\d.,e+-]*(\s%)?|–)$/.test(cell);
}

/** Text as HTML shows it, in an element and in a quoted attribute alike. */
function escapeText(text: string): string {
  return text.replace(
    /[&<>"']/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign]!,
  );
}
