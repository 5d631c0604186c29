import { agreement } from './agreement.ts';

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
  const { total, right, both } = agreement(confusion);
  return (total * right - both) / (total * total - both);
}
