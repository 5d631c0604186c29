import { type CsvTable, csvTable, parseReason, ReadError, type Reason } from '@diffusion/tracks';
import { quote, quoteAll } from '@diffusion/tracks/messages';
import { setSize } from '../metrics/set-metrics.ts';
import type { Noun } from './noun.ts';
import { readSets } from './read-sets.ts';
import { answerCells, nounOf, numberCells, textCells, trackCells } from './table-columns.ts';

/** Predictions as they stand in a file: one entry per row in every column. */
export interface Predictions {
  /** Name of the file, for messages. */
  readonly source: string;
  /** Line of each row, from 1. */
  readonly lines: readonly number[];
  /** What was judged: absent for tracks. */
  readonly noun?: Noun;
  /** Id of the track; of an image its name. */
  readonly tracks: readonly string[];
  /** The file that the track is from; absent when the predictions are for one file. */
  readonly files?: readonly string[];
  /** Predicted class, '' where there is none or a set of several; absent when no classes were predicted. */
  readonly labels?: readonly string[];
  /** Classes with a probability, in the order of the columns `p_<class>`. */
  readonly classes?: readonly string[];
  /** Probability per row and class, rows × classes; NaN where there is none. */
  readonly probabilities?: Float64Array;
  /** The set of each row, rows × classes: 1 for each class that belongs to it; absent without a column `set`. */
  readonly sets?: Uint8Array;
  /** Predicted exponent, NaN where there is none; absent when no exponents were predicted. */
  readonly alpha?: Float64Array;
  /** Standard deviation of the exponent, NaN where there is none; absent when none was predicted. */
  readonly spreads?: Float64Array;
  /** Why a track was not judged or only with doubt, undefined where there is nothing to say. */
  readonly reasons: readonly (Reason | undefined)[];
}

/**
 * Reads predictions: a CSV with the columns `track` (of images `image`) and `label` (with `p_<class>` for each class, if there are) or
 * `alpha` (with `alpha_spread`, its standard deviation, if there is), or both; `set`, `reason` and `file` where they are
 * there. A set names the classes that the true one is among, `brownian|subdiffusive`; the label of such a row is empty.
 *
 * Throws ReadError, with line and column, for what is missing or cannot be: a label that has no `p_` column, a
 * probability outside [0, 1], a spread below 0 or without an exponent, probabilities that do not sum to 1 (within 0.01 per
 * class), a set that does not go with its label or that names what has no `p_` column.
 *
 * @example
 * parsePredictions('track,label,p_ND,p_CD,reason\n7,ND,0.9,0.1,\n8,,,,too short\n').labels // ['ND', '']
 */
export function parsePredictions(text: string, source = 'predictions'): Predictions {
  const table = csvTable(text, source);
  const { labels, alpha } = answerCells(table, ['label']);
  const files = textCells(table, 'file');
  const columns = table.header.filter((name) => name.startsWith('p_'));
  const sets =
    labels &&
    readSets(
      table,
      columns.map((name) => name.slice(2)),
      labels,
    );
  return {
    source,
    lines: table.lines,
    ...nounOf(table),
    tracks: trackCells(table, ['track', 'image']),
    ...(files && { files }),
    ...(labels && { labels }),
    ...(labels && columns.length > 0 && readProbabilities(table, columns, labels, sets)),
    ...(sets && { sets }),
    ...(alpha && { alpha }),
    ...(alpha && readSpreads(table, alpha)),
    reasons: textCells(table, 'reason')?.map(parseReason) ?? table.rows.map(() => undefined),
  };
}

function readSpreads(table: CsvTable, alpha: Float64Array): { spreads?: Float64Array } {
  const { source, lines } = table;
  const spreads = numberCells(table, 'alpha_spread');
  if (!spreads) return {};
  const wrong = spreads.findIndex(
    (spread, i) => spread < 0 || (spread >= 0 && Number.isNaN(alpha[i])),
  );
  if (wrong >= 0) {
    const expected =
      spreads[wrong] < 0 ? 'a number of at least 0' : 'nothing, as the row has no alpha';
    throw new ReadError(`is ${spreads[wrong]}: expected ${expected}`, {
      source,
      line: lines[wrong],
      column: 'alpha_spread',
    });
  }
  return { spreads };
}

function readProbabilities(
  table: CsvTable,
  columns: readonly string[],
  labels: readonly string[],
  sets: Uint8Array | undefined,
) {
  const { source, lines } = table;
  const classes = columns.map((name) => name.slice(2));
  const judged = labels.map(
    (label, i) => label !== '' || (sets !== undefined && setSize(sets, i, classes.length) > 0),
  );
  const probabilities = new Float64Array(table.rows.length * classes.length);
  columns.forEach((name, k) => {
    const cells = numberCells(table, name) as Float64Array;
    for (let i = 0; i < cells.length; i++) {
      const p = cells[i];
      if (judged[i] && !(p >= 0 && p <= 1 + 1e-6)) {
        const what = Number.isNaN(p) ? 'empty' : p;
        throw new ReadError(
          `is ${what}: expected a probability, 0 to 1, as the row has a ${labels[i] === '' ? 'set' : 'label'}`,
          {
            source,
            line: lines[i],
            column: name,
          },
        );
      }
      probabilities[i * classes.length + k] = p;
    }
  });
  const known = new Set(classes);
  labels.forEach((label, i) => {
    if (!judged[i]) return;
    if (label !== '' && !known.has(label)) {
      throw new ReadError(`is ${quote(label)}: expected one of ${quoteAll(classes)}`, {
        source,
        line: lines[i],
        column: 'label',
      });
    }
    const row = probabilities.subarray(i * classes.length, (i + 1) * classes.length);
    const sum = row.reduce((total, p) => total + p, 0);
    if (!(Math.abs(sum - 1) <= 0.01 * classes.length)) {
      throw new ReadError(`the probabilities sum to ${sum.toPrecision(4)}: expected 1`, {
        source,
        line: lines[i],
      });
    }
  });
  return { classes, probabilities };
}
