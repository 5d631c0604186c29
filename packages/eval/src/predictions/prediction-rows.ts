import { columnValue, csvRow, type Prediction, setName, type Tracks } from '@diffusion/tracks';

/**
 * The rows of a predictions file, header first: `track,label,p_<class>…,reason` for a classifier, `track,alpha,reason`
 * for the exponent, `track,label,p_<class>…,alpha,reason` for both; `alpha_spread`, the standard deviation of α, behind `alpha`
 * where the model says it; `file` comes first where the tracks are of several files. Where the model gives sets, `set` follows
 * the probabilities: the classes of the set with | between them; the label is empty where there are several. What
 * {@link parsePredictions} reads.
 *
 * @example
 * await writeAtomically('predictions.csv', predictionRows(tracks, await model.predict(tracks)));
 */
export function* predictionRows(tracks: Tracks, prediction: Prediction): Generator<string> {
  for (const cells of predictionCells(tracks, prediction)) yield csvRow(cells);
}

/**
 * The cells of the rows of {@link predictionRows}, header first: texts, and numbers where they are numbers, NaN for none.
 *
 * @example
 * const [header, ...rows] = predictionCells(tracks, await model.predict(tracks));
 */
export function* predictionCells(
  tracks: Tracks,
  prediction: Prediction,
): Generator<readonly (string | number)[]> {
  const { codes, classes, probabilities, sets, values, spreads, reasons } = prediction;
  const { file, track: id } = tracks.trackColumns;
  const answers = [
    ...(classes ? ['label', ...classes.map((name) => `p_${name}`)] : []),
    ...(classes && sets ? ['set'] : []),
    ...(values ? ['alpha'] : []),
    ...(spreads ? ['alpha_spread'] : []),
  ];
  yield [...(file ? ['file'] : []), 'track', ...answers, 'reason'];
  for (let i = 0; i < tracks.count; i++) {
    const cells: (string | number)[] = file ? [columnValue(file, i)] : [];
    cells.push(id ? columnValue(id, i) : i);
    if (classes && codes && probabilities) {
      cells.push(codes[i] < 0 ? '' : classes[codes[i]]);
      for (let k = 0; k < classes.length; k++)
        cells.push(short(probabilities[i * classes.length + k]));
    }
    if (classes && sets) cells.push(setName(sets, i, classes));
    if (values) cells.push(short(values[i]));
    if (spreads) cells.push(short(spreads[i]));
    cells.push(reasons[i]?.text ?? '');
    yield cells;
  }
}

/** Six digits are more than a network knows. */
const short = (value: number): number => Number(value.toPrecision(6));
