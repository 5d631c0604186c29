import { EvaluationError } from '../errors.ts';

/** A median with its 95 % interval. */
export interface WeightedMedian {
  /** NaN where no number counts. */
  readonly median: number;
  /** Absent for fewer than six effective numbers. */
  readonly interval?: readonly [low: number, high: number];
  /** What all numbers count together. */
  readonly weight: number;
  /** How many numbers of equal weight would tell as much, (Σw)²/Σw². */
  readonly effective: number;
}

/** Of fewer no interval of a median has 95 %. */
const LEAST = 6;
const NORMAL_95 = 1.959964;

/**
 * Median of numbers that count differently, with the 95 % interval that Woodruff gives: the quantiles at ½ ± 1.96·√(Σw²)/(2Σw),
 * whatever the law of the numbers. With the probabilities of a class as weights it is the median of the class, whether its
 * tracks can be told from others or not, as far as the probabilities are calibrated.
 *
 * Throws {@link EvaluationError} when there are not as many weights as values, or one is negative.
 *
 * Source: R. S. Woodruff, J. Am. Stat. Assoc. 47 (1952) 635.
 *
 * @param values a number per track; those that are NaN take no part.
 * @param weights what each counts, at least 0; NaN counts as 0.
 * @example
 * const { median, interval } = weightedMedian([0.1, 0.4, 0.2], [1, 0.5, 1]);
 */
export function weightedMedian(
  values: ArrayLike<number>,
  weights: ArrayLike<number>,
): WeightedMedian {
  if (weights.length !== values.length) {
    throw new EvaluationError(
      `weights has ${weights.length} numbers: expected one per value, ${values.length}`,
    );
  }
  const kept: { value: number; weight: number }[] = [];
  let [weight, squares] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    if (weights[i] < 0) {
      throw new EvaluationError(`weights[${i}] is ${weights[i]}: expected at least 0`);
    }
    if (!(weights[i] > 0) || Number.isNaN(values[i])) continue;
    kept.push({ value: values[i], weight: weights[i] });
    weight += weights[i];
    squares += weights[i] ** 2;
  }
  if (kept.length === 0) return { median: Number.NaN, weight, effective: 0 };
  kept.sort((a, b) => a.value - b.value);
  const at = (share: number) => {
    let below = 0;
    for (const [i, one] of kept.entries()) {
      below += one.weight;
      if (below > share * weight * (1 + 1e-12)) return one.value;
      if (below >= share * weight * (1 - 1e-12) && i + 1 < kept.length) {
        return (one.value + kept[i + 1].value) / 2;
      }
    }
    return kept[kept.length - 1].value;
  };
  const effective = weight ** 2 / squares;
  const half = NORMAL_95 / (2 * Math.sqrt(effective));
  return {
    median: at(0.5),
    ...(effective >= LEAST && { interval: [at(0.5 - half), at(0.5 + half)] as const }),
    weight,
    effective,
  };
}
