import { type CsvTable, csvTable, ReadError } from '@diffusion/tracks';
import { quote } from '@diffusion/tracks/messages';
import { readNumber } from '@diffusion/tracks/parsing';
import type { Noun } from './noun.ts';
import { answerCells, nounOf, numberCells, textCells, trackCells } from './table-columns.ts';

/** What is true of tracks, as it stands in a file: one entry per row in every column. */
export interface Reference {
  /** Name of the file, for messages. */
  readonly source: string;
  /** Line of each row, from 1. */
  readonly lines: readonly number[];
  /** What it is of: absent for tracks. */
  readonly noun?: Noun;
  /** Id of the track, of an image its name; for an AnDi file the row, from 0. */
  readonly tracks: readonly string[];
  readonly files?: readonly string[];
  /** True class, '' where nobody knows. */
  readonly labels?: readonly string[];
  /** True exponent, NaN where there is none. */
  readonly alpha?: Float64Array;
  /** Length of the track in points, where the file says. */
  readonly lengths?: Float64Array;
  /** Signal-to-noise ratio, where the file says: standard deviation of the displacements over that of the noise. */
  readonly snr?: Float64Array;
  /** The second column of an AnDi file: exponents (ref1) or label codes (ref2); the file does not say which. */
  readonly andi?: Float64Array;
}

/**
 * Reads a reference: a CSV with `track` (or `row`, of images `image`) and `label` (or `model`) or `alpha`, or both; `file`, `length` and `snr`
 * where they are there (of a metaN.csv of AnDi tracks, whose displacements have a standard deviation of 1, 1/σ of its columns `sigma_…`). Or an AnDi file refN.txt, without header, with rows `dim;value`.
 *
 * Throws ReadError, with line and column, for what is missing or is not a number.
 *
 * @example
 * parseReference('1.0;0.35\n1.0;1.2\n', 'ref1.txt').andi // Float64Array [0.35, 1.2]
 */
export function parseReference(text: string, source = 'reference'): Reference {
  if (/^\uFEFF?\s*[123](\.0*)?\s*;\s*[-+.\d]/.test(text)) return parseAndi(text, source);
  const table = csvTable(text, source);
  const { labels, alpha } = answerCells(table, ['label', 'model']);
  const files = textCells(table, 'file');
  const lengths = numberCells(table, 'length');
  const snr = numberCells(table, 'snr') ?? snrOfSigma(table);
  return {
    source,
    lines: table.lines,
    ...nounOf(table),
    tracks: trackCells(table, ['track', 'row', 'image']),
    ...(files && { files }),
    ...(labels && { labels }),
    ...(alpha && { alpha }),
    ...(lengths && { lengths }),
    ...(snr && { snr }),
  };
}

/** 1/σ, σ the mean square over the coordinates, of tracks whose displacements have a standard deviation of 1. */
function snrOfSigma(table: CsvTable): Float64Array | undefined {
  const sigmas = ['sigma_x', 'sigma_y', 'sigma_z'].flatMap((name) => {
    const cells = table.header.includes('amplitude_x') ? numberCells(table, name) : undefined;
    return cells ? [cells] : [];
  });
  if (sigmas.length === 0) return undefined;
  return Float64Array.from(table.rows, (_, i) => {
    const square = sigmas.reduce((sum, cells) => sum + cells[i] ** 2, 0) / sigmas.length;
    return Number((1 / Math.sqrt(square)).toPrecision(12));
  });
}

function parseAndi(text: string, source: string): Reference {
  const lines: number[] = [];
  const values: number[] = [];
  text.split('\n').forEach((row, i) => {
    if (row.trim() === '') return;
    const fields = row.trim().replace(/;$/, '').split(';');
    if (fields.length !== 2) {
      throw new ReadError(`the row has ${fields.length} fields: expected dim;value`, {
        source,
        line: i + 1,
      });
    }
    const value = readNumber(fields[1]);
    if (Number.isNaN(value)) {
      throw new ReadError(`is ${quote(fields[1])}: expected a number`, {
        source,
        line: i + 1,
        column: '2',
      });
    }
    lines.push(i + 1);
    values.push(value);
  });
  return {
    source,
    lines,
    tracks: lines.map((_, row) => String(row)),
    andi: Float64Array.from(values),
  };
}
