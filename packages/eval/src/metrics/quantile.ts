/**
 * A quantile of sorted numbers, by linear interpolation between order statistics (type 7 of Hyndman and Fan); NaN of none.
 *
 * @param p from 0, the least, to 1, the greatest.
 *
 * @example
 * quantile(Float64Array.of(1, 2, 4), 0.75); // 3
 */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) return Number.NaN;
  const at = p * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}
