/**
 * Matthews' correlation coefficient of a confusion matrix (rows: true class) with any number of classes:
 * (s·c − Σ pₖtₖ) / √((s² − Σ pₖ²)(s² − Σ tₖ²)) with s tracks, c of them right, tₖ truly of class k and pₖ predicted so.
 * 1 is perfect, 0 is chance. NaN when all tracks are of one class or all predictions are (the quotient is 0/0).
 *
 * Source: J. Gorodkin, Comput. Biol. Chem. 28 (2004) 367, eq. 8.
 *
 * @example
 * matthewsCorrelation([[3, 0], [0, 2]]) // 1
 */
export function matthewsCorrelation(confusion: readonly (readonly number[])[]): number {
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
  const spread = Math.sqrt((total * total - answers) * (total * total - truths));
  return (total * right - both) / spread;
}
