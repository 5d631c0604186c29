/** The median of the numbers among the values, the greater of two in the middle; NaN of none. */
export function medianOf(values: ArrayLike<number>): number {
  const known = Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort();
  return known[known.length >> 1] ?? Number.NaN;
}
