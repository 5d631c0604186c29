import { columnValue, csvRow, type Images, type Prediction } from '@diffusion/tracks';

/**
 * The rows of a file of predictions for images, header first: `image,label,p_<class>…,reason`, where `image` is the name of each,
 * its column `image`, or its number where the set has none. What {@link parsePredictions} reads.
 *
 * @example
 * await writeAtomically('predictions.csv', imagePredictionRows(images, await model.predict(images)));
 */
export function* imagePredictionRows(images: Images, prediction: Prediction): Generator<string> {
  for (const cells of imagePredictionCells(images, prediction)) yield csvRow(cells);
}

/**
 * The cells of the rows of {@link imagePredictionRows}, header first: texts, and numbers where they are numbers, NaN for none.
 *
 * @example
 * const [header, ...rows] = imagePredictionCells(images, await model.predict(images));
 */
export function* imagePredictionCells(
  images: Images,
  prediction: Prediction,
): Generator<readonly (string | number)[]> {
  const { codes, classes = [], probabilities, reasons } = prediction;
  const { image: names } = images.imageColumns;
  yield ['image', 'label', ...classes.map((name) => `p_${name}`), 'reason'];
  for (let i = 0; i < images.count; i++) {
    const code = codes?.[i] ?? -1;
    yield [
      names ? columnValue(names, i) : i,
      code < 0 ? '' : classes[code],
      ...classes.map((_, k) => short(probabilities?.[i * classes.length + k] ?? Number.NaN)),
      reasons[i]?.text ?? '',
    ];
  }
}

/** Six digits are more than a network knows. */
const short = (value: number): number => Number(value.toPrecision(6));
