import { UNJUDGED } from './confusion-matrix.ts';

/**
 * The most probable class of each track, the first of equal ones, whatever label it got; −1 where there are no
 * probabilities.
 *
 * @param probabilities count × classes.
 *
 * @example
 * bestClass([0.4, 0.6, Number.NaN, Number.NaN], 2) // Int32Array [1, -1]
 */
export function bestClass(probabilities: ArrayLike<number>, classes: number): Int32Array {
  return Int32Array.from({ length: probabilities.length / classes }, (_, i) => {
    const from = i * classes;
    if (Number.isNaN(probabilities[from])) return UNJUDGED;
    let best = 0;
    for (let k = 1; k < classes; k++) {
      if (probabilities[from + k] > probabilities[from + best]) best = k;
    }
    return best;
  });
}
