/** Median of the first `count` values, which it sorts in place; NaN when there are none. */
export function median(values: Float64Array, count: number = values.length): number {
  if (count === 0) return Number.NaN;
  const sorted = values.subarray(0, count).sort();
  const half = count >> 1;
  return count % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
