/**
 * The class of the largest number in each row, the first of equal ones; −1 for a row of NaN.
 *
 * @param answers rows × stride, the classes first.
 *
 * @example
 * mostProbable(Float32Array.of(0.2, 0.8, 0.6, 0.4), 2, 2) // Int32Array [1, 0]
 */
export function mostProbable(
  answers: ArrayLike<number>,
  stride: number,
  classes: number,
): Int32Array {
  return Int32Array.from({ length: answers.length / stride }, (_, row) => {
    const from = row * stride;
    if (Number.isNaN(answers[from])) return -1;
    let best = 0;
    for (let k = 1; k < classes; k++) if (answers[from + k] > answers[from + best]) best = k;
    return best;
  });
}
