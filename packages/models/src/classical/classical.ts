/** What a classifier says of each row: the most probable class and the probability of every class. */
export interface Prediction {
  /** One class per row, from 0. */
  readonly codes: Int32Array;
  /** Rows × classes. */
  readonly probabilities: Float64Array;
}

/** A wrong argument of a classical classifier; the message is one line. */
export class ClassicalError extends Error {
  override readonly name = 'ClassicalError';
}
