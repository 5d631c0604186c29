import { numberOption, type OptionsOf } from '../options.ts';
import {
  type Classical,
  type ClassicalOptions,
  largest,
  type Rows,
  readKind,
  trainingSet,
} from './classical.ts';
import { atOnce, type Pieces } from './in-turns.ts';
import { minimize } from './minimize.ts';
import { fitScaling, type Scaling, scale } from './scaling.ts';

/** Every option of {@link fitLogistic} beside those that all classifiers have. */
export const logisticOptions = {
  l2: numberOption({
    default: 1e-3,
    min: 0,
    description:
      'Penalty of the squared coefficients beside the mean log loss, ½·l2·Σw²; the intercepts are free.',
  }),
};

/** What {@link fitLogistic} is fitted with. */
export type LogisticOptions = ClassicalOptions & Partial<OptionsOf<typeof logisticOptions>>;

/** A fitted logistic regression as plain data. */
export interface LogisticJSON {
  readonly kind: 'logistic';
  readonly classes: number;
  readonly scaling: Scaling;
  /** Classes × (columns + 1): coefficients of the scaled columns, then the intercept. */
  readonly coefficients: readonly number[];
}

/**
 * Multinomial logistic regression on standardised columns (undefined features take their mean), at the minimum of the
 * penalised log loss; nothing in it is random.
 *
 * @param rows tracks × features.
 * @param codes one class per row, from 0.
 * Throws {@link ClassicalError} when these do not fit each other or an option is out of its range.
 *
 * @example
 * const model = fitLogistic([[0.1], [0.2], [0.8], [0.9]], [0, 0, 1, 1]);
 * model.predict([[0.15], [0.7]]).codes; // 0, 1
 */
export function fitLogistic(
  rows: Rows,
  codes: ArrayLike<number>,
  options: LogisticOptions = {},
): Classical<'logistic'> {
  return atOnce(logisticInPieces(rows, codes, options));
}

/** {@link fitLogistic}, a step of the minimisation at a time. */
export function* logisticInPieces(
  rows: Rows,
  codes: ArrayLike<number>,
  options: LogisticOptions = {},
): Pieces<Classical<'logistic'>> {
  const { l2 } = readKind('logistic', logisticOptions, options);
  const set = trainingSet(rows, codes, options);
  const { classes, columns, weights } = set;
  const scaling = fitScaling(rows);
  const x = scale(scaling, rows);
  const total = set.codes.reduce((sum, code) => sum + weights[code], 0);
  const width = columns + 1;
  const p = new Float64Array(classes);

  const coefficients = yield* minimize((w, gradient) => {
    let value = 0;
    gradient.fill(0);
    for (let i = 0; i < rows.length; i++) {
      softmaxOf(w, x, i * columns, columns, p);
      const code = set.codes[i];
      const share = weights[code] / total;
      value -= share * Math.log(Math.max(p[code], Number.MIN_VALUE));
      for (let c = 0; c < classes; c++) {
        const error = share * (p[c] - (c === code ? 1 : 0));
        for (let j = 0; j < columns; j++) gradient[c * width + j] += error * x[i * columns + j];
        gradient[c * width + columns] += error;
      }
    }
    for (let c = 0; c < classes; c++) {
      for (let j = 0; j < columns; j++) {
        value += 0.5 * l2 * w[c * width + j] ** 2;
        gradient[c * width + j] += l2 * w[c * width + j];
      }
    }
    return value;
  }, classes * width);
  return logisticFromJSON({
    kind: 'logistic',
    classes,
    scaling,
    coefficients: Array.from(coefficients),
  });
}

/** The classifier that {@link fitLogistic} wrote as JSON. */
export function logisticFromJSON(json: LogisticJSON): Classical<'logistic'> {
  const { classes, scaling } = json;
  const columns = scaling.mean.length;
  const coefficients = Float64Array.from(json.coefficients);
  return {
    kind: 'logistic',
    classes,
    predict(rows) {
      const x = scale(scaling, rows);
      const probabilities = new Float64Array(rows.length * classes);
      for (let i = 0; i < rows.length; i++) {
        const row = probabilities.subarray(i * classes, (i + 1) * classes);
        softmaxOf(coefficients, x, i * columns, columns, row);
      }
      return { codes: largest(probabilities, classes), probabilities };
    },
    toJSON: () => json,
  };
}

/** Writes the probabilities of the row that begins at x[from]. */
function softmaxOf(
  coefficients: Float64Array,
  x: Float64Array,
  from: number,
  columns: number,
  out: Float64Array,
): void {
  const width = columns + 1;
  let top = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < out.length; c++) {
    let z = coefficients[c * width + columns];
    for (let j = 0; j < columns; j++) z += coefficients[c * width + j] * x[from + j];
    out[c] = z;
    top = Math.max(top, z);
  }
  let sum = 0;
  for (let c = 0; c < out.length; c++) {
    out[c] = Math.exp(out[c] - top);
    sum += out[c];
  }
  for (let c = 0; c < out.length; c++) out[c] /= sum;
}
