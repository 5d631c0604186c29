/**
 * Cohen's κ of a confusion matrix: (pₒ − pₑ) / (1 − pₑ), the agreement beyond what the shares of the classes alone
 * would give. 1 is perfect, 0 is chance. NaN when the matrix is empty or truth and predictions are all of one class.
 *
 * Source: J. Cohen, Educ. Psychol. Meas. 20 (1960) 37.
 *
 * @example
 * cohenKappa([[3, 0], [0, 2]]) // 1
 */
export function cohenKappa(confusion: readonly (readonly number[])[]): number {
  let total = 0;
  let right = 0;
  let both = 0;
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
  }
  return (total * right - both) / (total * total - both);
}
