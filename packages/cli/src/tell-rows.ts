import type { Noun, PredictionShares } from '@diffusion/eval/predictions';
import { csvRow } from '@diffusion/tracks';
import { writeAtomically } from '@diffusion/tracks/node';
import { interruption } from './interruption.ts';
import { printJson, printLines, table } from './print.ts';
import { shareLines } from './share-lines.ts';

/** Rows that are shown where they are not written. */
const SHOWN = 10;

/** A row: texts, and numbers where they are numbers, NaN for none. */
type Cells = readonly (string | number)[];

interface RowsOptions {
  readonly output?: string | undefined;
  readonly json?: boolean | undefined;
  readonly model?: string | undefined;
}

/**
 * Writes the rows of predictions to the file that was asked for, and says the shares of the answers. Where no file was asked for the
 * first rows are shown, and all of them are in the JSON document.
 *
 * @param rows the header first.
 * @param options.model what judged them, by its name.
 * @param count of tracks or of images.
 */
export async function tellRows(
  rows: Iterable<Cells>,
  count: { readonly tracks: number } | { readonly images: number },
  shares: PredictionShares,
  { output, json, model }: RowsOptions,
): Promise<void> {
  const [[name, number]] = Object.entries(count);
  const noun: Noun = name === 'images' ? 'image' : 'track';
  if (output !== undefined) {
    await writeAtomically(output, csvRows(rows), { signal: interruption.signal });
    if (json) printJson({ ...count, model, ...shares, output });
    else printLines(shareLines(number, shares, noun));
    return;
  }
  const [header, ...answers] = rows;
  const names = header.map(String);
  if (json) printJson({ ...count, model, ...shares, rows: objectsOf(names, answers) });
  else {
    printLines([...shareLines(number, shares, noun), '', ...firstLines(names, answers)]);
  }
}

function* csvRows(rows: Iterable<Cells>): Generator<string> {
  for (const cells of rows) yield csvRow(cells);
}

/** Numbers are numbers; what is empty is null. Ids are texts, those of tracks that have none but their places, too. */
const objectsOf = (header: readonly string[], rows: readonly Cells[]) =>
  rows.map((cells) =>
    Object.fromEntries(
      cells.map((cell, k) => {
        const isNumber = /^(p_|alpha$|alpha_spread$)/.test(header[k]);
        if (!isNumber) return [header[k], cell === '' && header[k] !== 'label' ? null : `${cell}`];
        return [header[k], Number.isNaN(cell) ? null : cell];
      }),
    ),
  );

/** The first rows for a person: the class, or the set of classes, with the probability of the likeliest; α; why there is none. */
function firstLines(header: readonly string[], rows: readonly Cells[]): string[] {
  const at = (name: string) => header.indexOf(name);
  const numbers = [...header.keys()].filter((k) => header[k].startsWith('p_'));
  const shown = rows.slice(0, SHOWN).map((cells) => {
    const cell = (name: string) => `${cells[at(name)] ?? ''}`;
    const p = Math.max(...numbers.map((k) => Number(cells[k])));
    const set = cell('set').split('|').join(' or ');
    const alpha = Number(cells[at('alpha')]);
    return [
      ...['file', 'track', 'image'].filter((name) => at(name) >= 0).map(cell),
      ...(at('label') >= 0 ? [cell('label') || set || '–', two(p)] : []),
      ...(at('alpha') >= 0 ? [two(alpha)] : []),
      cell('reason'),
    ];
  });
  const names = [
    ...['file', 'track', 'image'].filter((name) => at(name) >= 0),
    ...(at('label') >= 0 ? ['class', 'p'] : []),
    ...(at('alpha') >= 0 ? ['α'] : []),
    '',
  ];
  const more = rows.length - shown.length;
  return [
    ...table([names, ...shown]),
    more > 0
      ? `… and ${more} more: --output FILE.csv writes all, with every probability`
      : '--output FILE.csv writes them, with every probability',
  ];
}

const two = (value: number): string => (Number.isFinite(value) ? value.toFixed(2) : '–');
