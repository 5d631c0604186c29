import { EvaluationError } from '../errors.ts';
import { studentQuantile } from '../shares/student-quantile.ts';

/** A mean over repeats and its interval, NaN where there is but one repeat. */
export interface MeanBand {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Repeats that have a number here. */
  readonly count: number;
}

/**
 * The mean over repeats at every place of a curve, and Student's 95 % interval of it: the bands about learning curves.
 * A repeat that ends early, or is NaN at a place, is left out there.
 *
 * Throws {@link EvaluationError} without a repeat.
 *
 * @example
 * meanBand([[0.7, 0.8], [0.72, 0.84], [0.71, 0.82]])[1].mean // 0.82
 */
export function meanBand(repeats: readonly (readonly number[])[]): MeanBand[] {
  if (repeats.length === 0) throw new EvaluationError('repeats is empty: expected at least one');
  const places = Math.max(...repeats.map(({ length }) => length));
  return Array.from({ length: places }, (_, k) => {
    const values = repeats.map((one) => one[k]).filter(Number.isFinite);
    const count = values.length;
    const mean = values.reduce((sum, x) => sum + x, 0) / count;
    if (count < 2) return { mean, low: Number.NaN, high: Number.NaN, count };
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (count - 1);
    const half = quantileOf(count - 1) * Math.sqrt(variance / count);
    return { mean, low: mean - half, high: mean + half, count };
  });
}

/** Student's for 95 %: the expansion is too far off for one and two degrees of freedom, which have closed forms. */
function quantileOf(degrees: number): number {
  const p = 0.975;
  if (degrees === 1) return Math.tan(Math.PI * (p - 0.5));
  if (degrees === 2) return (2 * p - 1) / Math.sqrt(2 * p * (1 - p));
  return studentQuantile(p, degrees);
}
