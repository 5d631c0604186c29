import { EvaluationError } from '../errors.ts';
import type { PlotSpec } from '../plots/plot-spec.ts';
import { style } from './style.ts';

/** A picture: SVG text, or the specification it is to be drawn from (`renderReport` does that). */
export type Figure = {
  /** What the picture shows, in words, for those who cannot see it. */
  readonly alt: string;
  readonly caption?: string;
  /** Over the whole width, where other pictures stand side by side. */
  readonly wide?: boolean;
} & (
  | { readonly svg: string; readonly narrowSvg?: string }
  | {
      readonly spec: PlotSpec;
      /** The same for a telephone, on which a wide picture could not be read. */
      readonly narrow?: PlotSpec;
    }
);

/** Small pictures that go together, as many side by side as there is room for, under one caption. */
export interface Panels {
  readonly panels: readonly Figure[];
  readonly caption?: string;
}

/** A table; a column of nothing but numbers is set flush right. */
export interface Table {
  readonly caption?: string;
  /** Over the whole width, where others stand beside pictures. */
  readonly wide?: boolean;
  readonly columns: readonly string[];
  /** One list per row, a cell per column. */
  readonly rows: readonly (readonly (string | number)[])[];
}

/** What a section holds beside its text. */
export type Piece = Figure | Panels | Table;

/** One part of a report. */
export interface Section {
  readonly heading: string;
  /** Paragraphs of plain text. */
  readonly text?: string | readonly string[];
  /** Pictures and tables in their order, side by side where there is room; one by itself stands beside the text. */
  readonly pieces?: readonly Piece[];
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
  const drawn = (one: Figure) => figure(one, () => `f${++figures}-`);
  const piece = (one: Piece) => {
    if ('rows' in one) return table(one);
    return 'panels' in one ? panels(one, drawn) : drawn(one);
  };
  const body = sections.map(({ heading, text: own, pieces = [] }) => {
    const said = paragraphs(own);
    const alone = pieces.length === 1 && said.length > 0 && !isWide(pieces[0]);
    return [
      '<section>',
      `<h2>${escapeText(heading)}</h2>`,
      ...(alone ? ['<div class="beside">', '<div>', ...said, '</div>'] : said),
      ...(alone ? [piece(pieces[0]), '</div>'] : rows(pieces, piece)),
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

const isWide = (one: Piece): boolean => 'panels' in one || one.wide === true;

/** Wide pieces by themselves, what stands between them in columns. */
function rows(pieces: readonly Piece[], html: (one: Piece) => string): string[] {
  const runs: { wide: boolean; inside: Piece[] }[] = [];
  for (const one of pieces) {
    const wide = isWide(one);
    const last = runs.at(-1);
    if (last && !wide && !last.wide) last.inside.push(one);
    else runs.push({ wide, inside: [one] });
  }
  return runs.flatMap(({ wide, inside }) => {
    const name = wide || inside.length === 1 ? 'whole' : 'pieces';
    return [`<div class="${name}">`, ...inside.map(html), '</div>'];
  });
}

function figure(one: Figure, nextPrefix: () => string): string {
  if (!('svg' in one)) {
    throw new EvaluationError(
      `the figure ${JSON.stringify(one.alt)} is not drawn: expected svg (renderReport draws a spec)`,
    );
  }
  const caption = one.caption ? `<figcaption>${escapeText(one.caption)}</figcaption>` : '';
  const picture = (svg: string, name: string) =>
    `<div${name} role="img" aria-label="${escapeText(one.alt)}"${asWideAs(svg)}>${ownIds(checked(svg, one.alt), nextPrefix())}</div>`;
  const { svg, narrowSvg } = one;
  const pictures =
    narrowSvg === undefined
      ? picture(svg, '')
      : picture(svg, ' class="broad"') + picture(narrowSvg, ' class="narrow"');
  return `<figure>${pictures}${caption}</figure>`;
}

/** A picture fills the room that it has, but grows no larger than letters should. */
function asWideAs(svg: string): string {
  const width = Number(/^\s*<svg[^>]* width="([\d.]+)"/.exec(svg)?.[1]);
  return width > 0 ? ` style="max-width: ${Math.round(GROWTH * width)}px"` : '';
}

const GROWTH = 1.35;

/** Throws unless it is SVG without a script. */
function checked(text: string, alt: string): string {
  const svg = text.trim();
  if (!svg.startsWith('<svg') || /<(script|foreignObject)\b/i.test(svg)) {
    throw new EvaluationError(
      `the figure ${JSON.stringify(alt)} begins ${JSON.stringify(svg.slice(0, 20))}: expected <svg …> without script`,
    );
  }
  return svg;
}

function panels({ panels: inside, caption }: Panels, html: (one: Figure) => string): string {
  return [
    '<div class="panels">',
    ...inside.map(html),
    '</div>',
    ...(caption ? [`<p class="caption">${escapeText(caption)}</p>`] : []),
  ].join('\n');
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
    `<${tag}${numeric[j] ? ' class="number"' : ''}>${(tag === 'td' ? bracketed : unitBroken)(escapeText(String(text)))}</${tag.split(' ')[0]}>`;
  return [
    `<div class="table${columns.length > 4 ? ' dense' : ''}"><table>`,
    ...(caption ? [`<caption>${escapeText(caption)}</caption>`] : []),
    `<thead><tr>${columns.map((name, j) => cell('th scope="col"', j, name)).join('')}</tr></thead>`,
    '<tbody>',
    ...rows.map((row) => `<tr>${row.map((value, j) => cell('td', j, value)).join('')}</tr>`),
    '</tbody>',
    '</table></div>',
  ].join('\n');
}

/** What stands in brackets is not broken where there is room, and on a telephone before the last word only: `(0.16 to` `0.43)`; options never are. */
function bracketed(html: string): string {
  return html
    .replace(
      /\([^()]* to [^()]*\)/g,
      (inside) => `<span class="together">${inside.replace(' to ', '\u00a0to ')}</span>`,
    )
    .replace(/--[a-z-]+/g, '<span class="option">$&</span>');
}

/** The unit of D may be broken at its stroke: its column is no wider than the numbers. */
const unitBroken = (html: string): string => html.replaceAll('²/', '²/<wbr>');

/** A number, or two from which to which, with a percent sign perhaps, a bound, or the dash that stands for an undefined one. */
function isNumber(cell: string | number): boolean {
  return (
    typeof cell === 'number' ||
    /^((< )?[−+-]?\d[\d.,e+-]*(( to |–)[−+-]?\d[\d.,e+-]*)?(\s%)?|–)$/.test(cell)
  );
}

/** Text as HTML shows it, in an element and in a quoted attribute alike. */
function escapeText(text: string): string {
  return text.replace(
    /[&<>"']/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign]!,
  );
}
