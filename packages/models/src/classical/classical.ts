import {
  integerOption,
  type Option,
  type Options,
  type OptionsOf,
  readOptions,
} from '../options.ts';

/** What a classifier says of each row: the most probable class and the probability of every class. */
export interface RowPrediction {
  /** One class per row, from 0. */
  readonly codes: Int32Array;
  /** Rows × classes. */
  readonly probabilities: Float64Array;
}

/** Rows of features, one number per column; NaN where a feature is undefined. */
export type Rows = readonly ArrayLike<number>[];

/** A fitted classifier of rows of features. */
export interface Classical<Kind extends string = string> {
  readonly kind: Kind;
  readonly classes: number;
  /**
   * Classes of new rows. Throws {@link ClassicalError} when they have another number of columns than those that it
   * was fitted to, or an infinite number.
   */
  predict(rows: Rows): RowPrediction;
  /** Plain data from which `classicalFromJSON` makes the same classifier. */
  toJSON(): { readonly kind: Kind };
}

/** What every classifier is fitted with. */
export interface ClassicalOptions {
  /** Number of classes; one more than the largest code when absent. */
  readonly classes?: number;
  /** A weight per class, or `balanced` for the inverse of its share; all 1 when absent. */
  readonly classWeights?: 'balanced' | readonly number[];
}

/** A wrong argument of a classical classifier; the message is one line. */
export class ClassicalError extends Error {
  override readonly name = 'ClassicalError';
}

/** A seed of a classifier: any safe integer. */
export const anySeed = (description: string): Option<number> =>
  integerOption({
    default: 0,
    min: Number.MIN_SAFE_INTEGER,
    max: Number.MAX_SAFE_INTEGER,
    description,
  });

/** The options of one kind of classifier, without those that all have. Throws {@link ClassicalError}. */
export function readKind<Declared extends Options>(
  kind: string,
  declared: Declared,
  {
    classes: _,
    classWeights: __,
    ...given
  }: ClassicalOptions & Partial<OptionsOf<NoInfer<Declared>>>,
): OptionsOf<Declared> {
  return readOptions(
    kind,
    declared,
    given as unknown as Partial<OptionsOf<Declared>>,
    ClassicalError,
  );
}

/** A training set that fits together. */
export interface TrainingSet {
  readonly rows: Rows;
  readonly columns: number;
  readonly codes: Int32Array;
  readonly classes: number;
  /** One weight per class. */
  readonly weights: Float64Array;
}

/** Checks what a classifier is fitted to and fills in what was left out. Throws {@link ClassicalError}. */
export function trainingSet(
  rows: Rows,
  codes: ArrayLike<number>,
  { classes, classWeights }: ClassicalOptions,
): TrainingSet {
  if (rows.length === 0) throw new ClassicalError('rows is empty: expected at least one row');
  const columns = rows[0].length;
  checkRows(rows, columns);
  if (codes.length !== rows.length) {
    throw new ClassicalError(`codes has ${codes.length} numbers: expected ${rows.length}`);
  }
  const count = classes ?? Array.from(codes).reduce((most, code) => Math.max(most, code), 0) + 1;
  const seen = new Float64Array(count);
  for (let i = 0; i < codes.length; i++) {
    if (!(Number.isInteger(codes[i]) && codes[i] >= 0 && codes[i] < count)) {
      throw new ClassicalError(`codes[${i}] is ${codes[i]}: expected 0 to ${count - 1}`);
    }
    seen[codes[i]]++;
  }
  const present = seen.reduce((sum, n) => sum + (n > 0 ? 1 : 0), 0);
  const weights =
    classWeights === 'balanced'
      ? seen.map((n) => (n > 0 ? codes.length / (present * n) : 0))
      : Float64Array.from(classWeights ?? seen.map(() => 1));
  if (weights.length !== count || !weights.every((w) => w >= 0 && w < Infinity)) {
    throw new ClassicalError(
      `classWeights is [${weights}]: expected 'balanced' or ${count} numbers ≥ 0`,
    );
  }
  return { rows, columns, codes: Int32Array.from(codes), classes: count, weights };
}

/** Throws {@link ClassicalError} for a row of another width or with an infinite number. */
export function checkRows(rows: Rows, columns: number): void {
  rows.forEach((row, i) => {
    if (row.length !== columns) {
      throw new ClassicalError(`row ${i} has ${row.length} columns: expected ${columns}`);
    }
    for (let j = 0; j < columns; j++) {
      if (Math.abs(row[j]) === Infinity) {
        throw new ClassicalError(
          `row ${i}, column ${j} is ${row[j]}: expected a finite number or NaN`,
        );
      }
    }
  });
}

/** The class of the largest number of each row; of equal ones the first. */
export function largest(values: Float64Array, classes: number): Int32Array {
  const codes = new Int32Array(values.length / classes);
  for (let i = 0; i < codes.length; i++) {
    let best = 0;
    for (let c = 1; c < classes; c++) {
      if (values[i * classes + c] > values[i * classes + best]) best = c;
    }
    codes[i] = best;
  }
  return codes;
}
