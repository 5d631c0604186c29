import { ANDI_LABELS, csvRow, isTextColumn, type Tracks } from '@diffusion/tracks';
import { ParameterError } from '../errors.ts';
import type { DataSet } from '../sets/make-data-set.ts';

/** One file of a challenge data set. */
export interface Andi2020File {
  /** `task1.txt`, `ref1.txt`, `meta1.csv`, or the like. */
  readonly name: string;
  /** The text, a few hundred tracks at a time; every call of the iterator simulates again. */
  readonly chunks: Iterable<string>;
}

/** Tracks that are simulated for one chunk of text. */
const CHUNK = 256;

/**
 * The files of an {@link andi2020} data set, as text in chunks and in constant memory: `taskN.txt` with a
 * track per row (`dim;x…;y…;z…`), `refN.txt` with the truth (`dim;α`, `dim;label` or
 * `dim;t;model;α;model;α`), and `metaN.csv` with everything known of a track: row (from 0), length, model, α,
 * σ and amplitude per coordinate. Numbers are written so that reading them gives the same bits.
 *
 * Throws a ParameterError for a data set of another kind.
 *
 * @example
 * for (const { name, chunks } of andi2020Files(andi2020({ task: 1, dim: 2, count: 10, seed: 1 }))) {
 *   // write the chunks to the file of that name
 * }
 */
export function andi2020Files(set: DataSet): Andi2020File[] {
  const { specification } = set;
  if (specification.preset !== 'andi2020') {
    const preset = specification.preset ?? 'a mixture';
    throw new ParameterError('set', preset, 'a data set made by andi2020');
  }
  const { task, noisePer } = specification;
  return [
    { name: `task${task}.txt`, chunks: chunks(set, taskRow) },
    { name: `ref${task}.txt`, chunks: chunks(set, referenceRow(task)) },
    { name: `meta${task}.csv`, chunks: metaChunks(set, task, noisePer === 'coordinate') },
  ];
}

/** A line of a file, with its end. */
type Row = (tracks: Tracks, i: number) => string;

function* rows(set: DataSet, row: Row): Generator<string> {
  for (let from = 0; from < set.count; from += CHUNK) {
    const tracks = set.generate(from, Math.min(set.count, from + CHUNK));
    let text = '';
    for (let i = 0; i < tracks.count; i++) text += row(tracks, i);
    yield text;
  }
}

function chunks(set: DataSet, row: Row): Iterable<string> {
  return { [Symbol.iterator]: () => rows(set, row) };
}

const taskRow: Row = (tracks, i) => {
  const { dim } = tracks;
  const { length, positions } = tracks.at(i);
  const cells: (string | number)[] = [`${dim}.0`];
  for (let d = 0; d < dim; d++) {
    for (let k = 0; k < length; k++) cells.push(positions[k * dim + d]);
  }
  return `${cells.join(';')}\n`;
};

const number = (tracks: Tracks, name: string, i: number): number =>
  (tracks.trackColumns[name] as Float64Array)[i];

const code = (tracks: Tracks, name: string, i: number): number => {
  const column = tracks.trackColumns[name];
  return isTextColumn(column) ? column.codes[i] : column[i];
};

const referenceRow =
  (task: 1 | 2 | 3): Row =>
  (tracks, i) => {
    const dim = `${tracks.dim}.0`;
    const alpha = number(tracks, 'alpha', i);
    const label = `${code(tracks, 'label', i)}.0`;
    if (task === 1) return `${dim};${alpha}\n`;
    if (task === 2) return `${dim};${label}\n`;
    const second = `${code(tracks, 'label_2', i)}.0;${number(tracks, 'alpha_2', i)}`;
    return `${dim};${number(tracks, 'change', i)};${label};${alpha};${second}\n`;
  };

function metaChunks(set: DataSet, task: 1 | 2 | 3, perCoordinate: boolean): Iterable<string> {
  const axes = ['x', 'y', 'z'].slice(0, set.dim);
  const levelNames = (which: string): string[] => [
    ...axes.map((axis) => `sigma_${which}${axis}`),
    ...axes.map((axis) => `amplitude_${which}${axis}`),
  ];
  const columns = [
    'alpha',
    ...levelNames(''),
    ...(task === 3 ? ['change', 'alpha_2', ...(perCoordinate ? levelNames('2_') : [])] : []),
  ];
  const header = ['row', 'length', 'model', ...(task === 3 ? ['model_2'] : []), ...columns];
  const row: Row = (tracks, i) =>
    csvRow([
      number(tracks, 'track', i),
      tracks.lengthOf(i),
      ANDI_LABELS[code(tracks, 'label', i)],
      ...(task === 3 ? [ANDI_LABELS[code(tracks, 'label_2', i)]] : []),
      ...columns.map((name) => number(tracks, name, i)),
    ]);
  return {
    *[Symbol.iterator]() {
      yield csvRow(header);
      yield* rows(set, row);
    },
  };
}
