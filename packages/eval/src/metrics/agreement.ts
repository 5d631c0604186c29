/** Sums over a confusion matrix (rows: true class) that measures of agreement are made of. */
export interface Agreement {
  /** Tracks in all. */
  readonly total: number;
  /** Tracks on the diagonal. */
  readonly right: number;
  /** Σ tₖpₖ, with tₖ tracks truly of class k and pₖ predicted so. */
  readonly both: number;
  /** Σ tₖ². */
  readonly truths: number;
  /** Σ pₖ². */
  readonly answers: number;
}

/**
 * The sums of a square confusion matrix.
 *
 * @example
 * agreement([[3, 1], [0, 2]]).right // 5
 */
export function agreement(confusion: readonly (readonly number[])[]): Agreement {
  let total = 0;
  let right = 0;
  let both = 0;
  let truths = 0;
  let answers = 0;
  for (let k = 0; k < confusion.length; k++) {
    let truth = 0;
    let answer = 0;
    for (let j = 0; j < confusion.length; j++) {
      truth += confusion[k][j];
      answer += confusion[j][k];
    }
    total += truth;
    right += confusion[k][k];
    both += truth * answer;
    truths += truth * truth;
    answers += answer * answer;
  }
  return { total, right, both, truths, answers };
}
