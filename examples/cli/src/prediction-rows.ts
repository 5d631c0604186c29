import type { Prediction } from '@diffusion/models';
import { columnValue, type Tracks } from '@diffusion/tracks';
import { csvRow } from './csv-row.ts';

/**
 * The rows of a predictions file, header first: `track,label,p_<class>…,reason` for a classifier, `track,alpha,reason`
 * for the exponent, `track,label,p_<class>…,alpha,reason` for both; `file` comes first where the tracks are of several
 * files.
 */
export function* predictionRows(tracks: Tracks, prediction: Prediction): Generator<string> {
  const { codes, classes, probabilities, values, reasons } = prediction;
  const { file, track: id } = tracks.trackColumns;
  const answers = [
    ...(classes ? ['label', ...classes.map((name) => `p_${name}`)] : []),
    ...(values ? ['alpha'] : []),
  ];
  yield csvRow([...(file ? ['file'] : []), 'track', ...answers, 'reason']);
  for (let i = 0; i < tracks.count; i++) {
    const cells: (string | number)[] = file ? [columnValue(file, i)] : [];
    cells.push(id ? columnValue(id, i) : i);
    if (classes && codes && probabilities) {
      cells.push(codes[i] < 0 ? '' : classes[codes[i]]);
      for (let k = 0; k < classes.length; k++)
        cells.push(short(probabilities[i * classes.length + k]));
    }
    if (values) cells.push(short(values[i]));
    cells.push(reasons[i]);
    yield csvRow(cells);
  }
}

/** Six digits are more than a network knows. */
const short = (value: number): number => Number(value.toPrecision(6));
