import { quantile, wilsonInterval } from '@diffusion/eval';

/** A number with a 95 % interval. All NaN where nothing can be said. */
export interface Ranged {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const NONE: Ranged = { value: Number.NaN, low: Number.NaN, high: Number.NaN };

/** Mean, and the middle 95 %. */
export function ranged(values: readonly number[]): Ranged {
  if (values.length === 0) return NONE;
  const sorted = Float64Array.from(values).sort();
  const value = values.reduce((a, b) => a + b, 0) / values.length;
  return { value, low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) };
}

/** A share of independent cases, with Wilson's 95 % interval; NaN of none. */
export const share95 = (hits: number, count: number): Ranged => ({
  value: count > 0 ? hits / count : Number.NaN,
  ...wilsonInterval(hits, count),
});
