import { agreement } from './agreement.ts';

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
  const { total, right, both, truths, answers } = agreement(confusion);
  const spread = Math.sqrt((total * total - answers) * (total * total - truths));
  return (total * right - both) / spread;
}
