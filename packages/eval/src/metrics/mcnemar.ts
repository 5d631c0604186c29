import { EvaluationError } from '../errors.ts';

/** What {@link mcnemar} finds. */
export interface McNemar {
  /** Tracks that the first method alone got right. */
  readonly firstOnly: number;
  /** Tracks that the second method alone got right. */
  readonly secondOnly: number;
  /** Two-sided probability of a split as uneven as this, were both as good. */
  readonly p: number;
}

/**
 * McNemar's exact test of two methods that judged the same tracks: of those that one of them alone got right, either has
 * half, were they as good. Binomial and two-sided, at most 1; 1 where they never differ.
 *
 * Throws {@link EvaluationError} unless both are whole numbers of at least 0.
 *
 * Source: Q. McNemar, Psychometrika 12 (1947) 153.
 *
 * @example
 * mcnemar(10, 2).p // 0.0386
 */
export function mcnemar(firstOnly: number, secondOnly: number): McNemar {
  for (const [name, value] of Object.entries({ firstOnly, secondOnly })) {
    if (!(Number.isSafeInteger(value) && value >= 0)) {
      throw new EvaluationError(`${name} is ${value}: expected a whole number of tracks`);
    }
  }
  const count = firstOnly + secondOnly;
  const fewer = Math.min(firstOnly, secondOnly);
  // ln of C(n, k) / 2ⁿ by recurrence: the terms themselves would vanish for many tracks.
  let term = -count * Math.LN2;
  let sum = Math.exp(term);
  for (let k = 1; k <= fewer; k++) {
    term += Math.log((count - k + 1) / k);
    sum += Math.exp(term);
  }
  return { firstOnly, secondOnly, p: Math.min(1, 2 * sum) };
}
